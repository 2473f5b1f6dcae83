#!/usr/bin/env bash
# Makes docs/example: a report about two reference servers, each with one fault. Needs `npm run build`.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
servers=()
trap 'kill "${servers[@]}"; wait; rm -rf "$work"' EXIT

serve() { # dialect, mutant
  node "$root/dist/src/cli.js" serve --dialect "$1" --mutant "$2" > "$work/$1.json" 2> "$work/$1.log" &
  servers+=($!)
  until grep -q '^ *export' "$work/$1.log"; do kill -0 "$!"; sleep 0.2; done
  eval "$(grep '^ *export' "$work/$1.log")"
}
serve elb cascades-to-members
serve slb default-weight-out-of-range-crashes

cd "$work"
status=0
node "$root/dist/src/cli.js" run --target elb.json --target slb.json --report example --reporter html --reporter markdown \
  --reporter badge --only elb/delete-pool --only slb/remove-backend-servers > /dev/null || status=$?
[ "$status" -eq 1 ] || { echo "The run ended with exit code $status, expected 1."; exit 1; }
mkdir -p "$root/docs/example"
for file in index.html conformance.json evidence.json.gz summary.md badge.svg; do
  install -m 644 "example/$file" "$root/docs/example/$file"
done
echo "docs/example is made."
