#!/usr/bin/env bash
# Lets the portal bootstrap an AKKO instance, and ends when it is healthy: for a pipeline, after `helm install` or `helm upgrade`.
# It may be run again at any time: init jobs change nothing that is there already.
#
#   PORTAL           address of the portal's backend, as https://portal.example.com
#   TOKEN            token of a program with the permissions akko.instance.read and akko.job.run
#   INSTANCE         cluster/namespace/release
#   TIMEOUT          seconds for all of it; 1800 if left out
#   IDEMPOTENCY_KEY  the pipeline's own id, so that a step that is started again joins what it has begun; a new one each time if left out
#
# Exit codes: 0 the instance is healthy; 1 it is not, or the portal refused; 2 a variable or a program is missing.
# Needs bash, curl, awk, and to read JSON one of jq, node, python3.
set -euo pipefail

fail() {
  echo "error: $1" >&2
  exit "${2:-1}"
}

[[ -n ${PORTAL:-} ]] || fail 'PORTAL is not set. Give the address of the backend, as https://portal.example.com' 2
[[ -n ${TOKEN:-} ]] || fail 'TOKEN is not set. Give the token of a program (backend.auth.externalAccess)' 2
[[ ${INSTANCE:-} =~ ^[^/]+/[^/]+/[^/]+$ ]] || fail "INSTANCE is '${INSTANCE:-}'. Write cluster/namespace/release" 2
[[ ${TIMEOUT:=1800} =~ ^[0-9]+$ ]] || fail "TIMEOUT is '$TIMEOUT'. Write seconds, in digits" 2
: "${IDEMPOTENCY_KEY:=pipeline-$(date +%s)-$$-$RANDOM}"
api=${PORTAL%/}/api/akko

for program in curl awk; do
  command -v "$program" >/dev/null || fail "$program is not here. Install it" 2
done

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# JSON as lines of path, tab and value, such as `.steps[0].state	running`.
if command -v jq >/dev/null; then
  flat() {
    jq --raw-output 'paths(scalars) as $path
      | ($path | map(if type == "number" then "[\(.)]" else ".\(.)" end) | add)
        + "\t" + (getpath($path) | tostring | gsub("[\t\r\n]+"; " "))'
  }
elif command -v node >/dev/null; then
  flat() {
    node -e 'const walk = (value, path) => value && typeof value === "object"
      ? Object.entries(value).forEach(([key, each]) => walk(each, path + (Array.isArray(value) ? `[${key}]` : `.${key}`)))
      : console.log(path + "\t" + String(value).replace(/[\t\r\n]+/g, " "));
      walk(JSON.parse(require("fs").readFileSync(0, "utf8")), "")'
  }
elif command -v python3 >/dev/null; then
  flat() {
    python3 -c 'import json, re, sys
def walk(value, path):
    if isinstance(value, dict):
        for key, each in value.items(): walk(each, f"{path}.{key}")
    elif isinstance(value, list):
        for index, each in enumerate(value): walk(each, f"{path}[{index}]")
    else:
        print(path, re.sub("[\t\r\n]+", " ", str(value)), sep="\t")
walk(json.load(sys.stdin), "")'
  }
else
  fail 'None of jq, node and python3 is here, and JSON cannot be read. Install one' 2
fi

# The value at a path of the last answer; nothing where there is none.
value() {
  awk -F '\t' -v path="$1" '$1 == path { print $2; exit }' "$work/flat"
}

# Waits, but not longer than TIMEOUT for all of it.
pause() {
  ((SECONDS + $1 < TIMEOUT)) || fail "$INSTANCE is not healthy after $SECONDS s; $last"
  sleep "$1"
}
last='nothing was heard of it'

# Asks the portal once: status, and the answer in $work/flat. 000 where there is no answer.
call() {
  local method=$1 path=$2 body=${3:-} type
  local options=(--silent --show-error --max-time 90 --request "$method")
  options+=(--output "$work/body" --dump-header "$work/head" --write-out '%{http_code}')
  if [[ -n $body ]]; then
    options+=(--header 'Content-Type: application/json' --header "Idempotency-Key: $IDEMPOTENCY_KEY" --data "$body")
  fi
  : >"$work/body" >"$work/head" >"$work/flat"
  # The token comes from a file, because everybody on the machine can see the arguments of a program.
  status=$(curl "${options[@]}" --header @<(printf 'Authorization: Bearer %s\n' "$TOKEN") "$api$path" 2>"$work/problem") || status=000
  type=$(awk 'tolower($1) == "content-type:" { print tolower($2) }' "$work/head")
  if [[ $type == application/json* ]]; then
    flat <"$work/body" >"$work/flat" || fail 'The answer of the portal cannot be read; what is wrong stands above'
  fi
}

# Asks until there is an answer that is not "later". What is sent again has the same Idempotency-Key, so that nothing is done twice.
ask() {
  local later
  while :; do
    call "$@"
    case $status in
      000 | 429 | 502 | 503 | 504) ;;
      *) return ;;
    esac
    last=$(value .error.message)
    last=${last:-$(tail -n 1 "$work/problem")}
    last=${last:-the portal answers $status}
    # Proxies may write a date there.
    later=$(awk 'tolower($1) == "retry-after:" { print int($2) }' "$work/head")
    ((later > 0)) || later=10
    echo "waiting $later s: $last"
    pause "$later"
  done
}

refused() {
  local message
  message=$(value .error.message)
  fail "The portal answers $status to $1: ${message:-$(head -c 300 "$work/body")}"
}

# Why the instance is not healthy, and what to do: its first finding is the root of the others.
explain() {
  local step=0 text command
  # A finding is there some seconds after the failure.
  for _ in 1 2 3 4 5; do
    ask GET "/instances/$INSTANCE"
    [[ -z $(value '.findings[0].title') ]] || break
    sleep 2
  done
  echo "$INSTANCE: $(value .headline)"
  [[ -n $(value '.findings[0].title') ]] || return 0
  echo "  $(value '.findings[0].title')"
  echo "  Why: $(value '.findings[0].cause')"
  while text=$(value ".findings[0].steps[$step].text") && [[ -n $text ]]; do
    ((step += 1))
    echo "  Fix $step: $text"
    command=$(value ".findings[0].steps[$((step - 1))].command")
    [[ -z $command ]] || echo "    $command"
  done
}

# How far the operation is, in one line.
progress() {
  awk -F '\t' '
    match($1, /^\.steps\[[0-9]+\]\./) {
      step = substr($1, 8, RLENGTH - 9) + 0
      field = substr($1, RLENGTH + 1)
      if (field == "job") job[step] = $2
      if (field == "state") state[step] = $2
      if (step >= total) total = step + 1
    }
    END {
      for (step = 0; step < total; step++) {
        if (state[step] == "succeeded") done++
        if (state[step] == "failed") failed = failed " " job[step]
        if (state[step] == "running" || state[step] == "replacing") now = now " " job[step]
      }
      printf "%d of %d jobs done", done, total
      if (failed) printf ", failed:%s", failed
      if (now) printf ", running:%s", now
    }' "$work/flat"
}

# Waits for the end of an operation, and tells how far it is. Each question waits at the portal until then, or for some seconds.
follow() {
  local operation=$1 told=''
  while :; do
    ask GET "/operations/$operation?wait=20"
    [[ $status == 200 ]] || refused "GET /operations/$operation"
    last=$(progress)
    [[ $last == "$told" ]] || echo "$last"
    told=$last
    [[ -z $(value .finishedAt) ]] || return 0
    ((SECONDS < TIMEOUT)) || fail "$INSTANCE is not healthy after $SECONDS s; operation $operation goes on: $last"
  done
}

# 1. The portal sees the release a moment after Helm has made it.
while :; do
  ask GET "/instances/$INSTANCE"
  [[ $status != 200 ]] || break
  [[ $status == 404 && $(value .error.code) == unknown-instance ]] || refused "GET /instances/$INSTANCE"
  last='the portal does not know it'
  echo "waiting for $INSTANCE, which the portal does not know yet"
  pause 5
done

# 2. Jobs that Helm has started are left to end: a bootstrap would stop them and start them anew.
while [[ $(value .health) == progressing && -z $(value '.activeOperations[0].id') ]]; do
  last=$(value .headline)
  echo "waiting for the jobs that run: $last"
  pause 5
  ask GET "/instances/$INSTANCE"
done

# 3. Ask for the bootstrap. One that somebody else has asked for is as good; what else is being done is waited for.
while :; do
  ask POST "/instances/$INSTANCE/operations" '{"action": "bootstrap", "reason": "pipeline"}'
  case $status in
    202)
      operation=$(value .id)
      echo "asked for a bootstrap: operation $operation"
      ;;
    409)
      operation=$(value .error.operation)
      [[ -n $operation ]] || refused 'the request for a bootstrap'
      echo "joining: $(value .error.message)"
      ;;
    *) refused 'the request for a bootstrap' ;;
  esac
  follow "$operation"
  [[ $(value .action) != bootstrap ]] || break
done

if [[ $(value .state) != succeeded ]]; then
  message=$(value .error.message)
  explain
  fail "The bootstrap has not succeeded: operation $operation${message:+, $message}"
fi

# 4. The bootstrap is done; that the instance is healthy is more.
for _ in 1 2 3; do
  ask GET "/instances/$INSTANCE"
  while [[ $(value .health) == progressing ]]; do
    last=$(value .headline)
    pause 5
    ask GET "/instances/$INSTANCE"
  done
  if [[ $(value .health) == healthy ]]; then
    echo "$INSTANCE is healthy: $(value .headline)"
    exit 0
  fi
  sleep 2
done
health=$(value .health)
explain
fail "The bootstrap has succeeded, but $INSTANCE is $health"
