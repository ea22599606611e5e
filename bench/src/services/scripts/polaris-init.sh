#!/usr/bin/env bash
set -euo pipefail

until curl --silent --fail --output /dev/null "$POLARIS_HEALTH_URL/q/health/ready"; do sleep 1; done

token=$(curl --silent --show-error --fail "$POLARIS_URL/api/catalog/v1/oauth/tokens" \
  --data grant_type=client_credentials --data client_id=root --data-urlencode "client_secret=$POLARIS_ROOT_SECRET" \
  --data scope=PRINCIPAL_ROLE:ALL | sed -E 's/.*"access_token" *: *"([^"]+)".*/\1/')

# What is there already answers 409, which is fine.
post() {
  local status
  status=$(curl --silent --show-error --output /dev/null --write-out '%{http_code}' "$POLARIS_URL$1" \
    --header "Authorization: Bearer $token" --header 'Content-Type: application/json' --data "$2")
  case $status in
    200 | 201 | 409) ;;
    *) echo "POST $1 answered $status" >&2 && exit 1 ;;
  esac
}

post /api/management/v1/catalogs "$CATALOG_JSON"
for namespace in $NAMESPACES; do
  post "/api/catalog/v1/$CATALOG/namespaces" "{\"namespace\":[\"$namespace\"]}"
done
