#!/usr/bin/env bash
set -euo pipefail

until "$MC" alias set "$ALIAS" "$ENDPOINT" "$S3_ACCESS_KEY" "$S3_SECRET_KEY" >/dev/null; do sleep 1; done

targets=()
for bucket in $BUCKETS; do targets+=("$ALIAS/$bucket"); done
"$MC" mb --ignore-existing "${targets[@]}"
