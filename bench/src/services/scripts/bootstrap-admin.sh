#!/usr/bin/env bash
# One script in the pod, where kcadm.sh is: roles and user are looked for first and created if missing; a user that is there is left alone.
set -euo pipefail

{
  declare -p KEYCLOAK_ADMIN_USER KEYCLOAK_ADMIN_PASSWORD REALM ROLES DEFAULT_ROLE \
    ADMIN_USERNAME ADMIN_EMAIL ADMIN_PASSWORD ADMIN_ROLE
  cat <<'SCRIPT'
set -euo pipefail
config=$(mktemp)
trap 'rm -f "$config"' EXIT
kcadm() { local command=$1; shift; /opt/keycloak/bin/kcadm.sh "$command" "$@" --config "$config" </dev/null; }

until /opt/keycloak/bin/kcadm.sh config credentials --config "$config" --server http://localhost:8080 --realm master \
  --user "$KEYCLOAK_ADMIN_USER" --password "$KEYCLOAK_ADMIN_PASSWORD" </dev/null; do sleep 1; done

found=$(kcadm get roles -r "$REALM" --fields name --format csv --noquotes)
for role in $ROLES; do
  if ! grep -qx "$role" <<<"$found"; then
    kcadm create roles -r "$REALM" -s "name=$role" -s "description=Role $role"
  fi
done
kcadm add-roles -r "$REALM" --rname "default-roles-$REALM" --rolename "$DEFAULT_ROLE"

if [ -z "$(kcadm get users -r "$REALM" -q "username=$ADMIN_USERNAME" -q exact=true --fields id --format csv --noquotes)" ]; then
  kcadm create users -r "$REALM" -s "username=$ADMIN_USERNAME" -s "email=$ADMIN_EMAIL" -s enabled=true
  kcadm set-password -r "$REALM" --username "$ADMIN_USERNAME" --new-password "$ADMIN_PASSWORD" --temporary
  kcadm add-roles -r "$REALM" --uusername "$ADMIN_USERNAME" --rolename "$ADMIN_ROLE"
fi
SCRIPT
} | "$KUBECTL" --kubeconfig "$KUBECONFIG" --namespace "$NAMESPACE" exec -i service/akko-keycloak -- bash -s
