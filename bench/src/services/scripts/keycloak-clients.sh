#!/usr/bin/env bash
# One script in the pod, where kcadm.sh is: what is there is listed once; a missing client is created, one that is there gets its URIs set.
set -euo pipefail

{
  declare -p KEYCLOAK_ADMIN_USER KEYCLOAK_ADMIN_PASSWORD REALM CLIENTS
  cat <<'SCRIPT'
set -euo pipefail
config=$(mktemp)
trap 'rm -f "$config"' EXIT
kcadm() { local command=$1; shift; /opt/keycloak/bin/kcadm.sh "$command" "$@" --config "$config" </dev/null; }

until /opt/keycloak/bin/kcadm.sh config credentials --config "$config" --server http://localhost:8080 --realm master \
  --user "$KEYCLOAK_ADMIN_USER" --password "$KEYCLOAK_ADMIN_PASSWORD" </dev/null; do sleep 1; done

found=$(kcadm get clients -r "$REALM" --fields id,clientId --format csv --noquotes)
for client in $CLIENTS; do
  name=${client%%=*}
  url=${client#*=}
  id=$(sed -n "s/,$name\$//p" <<<"$found")
  uris=(-s "redirectUris=[\"$url/*\"]" -s "webOrigins=[\"$url\"]")
  if [ -z "$id" ]; then
    kcadm create clients -r "$REALM" -s "clientId=$name" -s enabled=true -s publicClient=false "${uris[@]}"
  else
    kcadm update "clients/$id" -r "$REALM" "${uris[@]}"
  fi
done
SCRIPT
} | "$KUBECTL" --kubeconfig "$KUBECONFIG" --namespace "$NAMESPACE" exec -i service/akko-keycloak -- bash -s
