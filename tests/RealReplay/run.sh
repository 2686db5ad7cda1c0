#!/usr/bin/env bash
# The proof on real input, against a server that runs: make a file, replay it, look customers up and compare with the independent calculation.
#   tests/RealReplay/run.sh ADDRESS DATA_DIR [CUSTOMERS [LOOKUPS]]
# ADDRESS is the server's (http://127.0.0.1:5101), DATA_DIR its data directory, for the development key. Default: 300 customers, 40 lookups.
# REAL_DATA names the folder of real data; without it, data of the same shape are made up. Exit code 0: everything agrees.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
export CTX_ADDRESS="$1" CTX_DATA="$2"
customers="${3:-300}"
lookups="${4:-40}"
ctx="${CTX:-$here/../../ctx}"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

node "$here/make.mjs" "${REAL_DATA:-none}" "$work/signals.jsonl" --customers "$customers" >&2
# Some lines are broken on purpose, so that the replay ends with 1, "some were refused"; its summary is judged below.
"$ctx" replay "$work/signals.jsonl" --tenant acme --in-order --json > "$work/replay.json" || [ $? -eq 1 ]
node "$here/judge.mjs" "$work/signals.jsonl.summary.json" "$work/replay.json" || failed=1
node "$here/check.mjs" "$work/signals.jsonl" --lookups "$lookups" --ctx "$ctx" || failed=1
if command -v sqlite3 > /dev/null && [ -f "$CTX_DATA/customercontext.db" ]; then
  "$here/sizes.sh" "$CTX_DATA"
fi

if [ "${failed:-0}" -eq 0 ]; then
  echo "PASSED: the answers agree with the independent calculation."
else
  echo "FAILED: see above."
  exit 1
fi
