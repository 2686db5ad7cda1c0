#!/usr/bin/env bash
# Prints how many bytes the stored context of a customer takes, idempotency keys included, in an embedded store.
#   tests/RealReplay/sizes.sh DATA_DIR
set -euo pipefail
sqlite3 -readonly "$1/customercontext.db" "SELECT length(payload) FROM state WHERE name = 'context' ORDER BY 1" |
  awk '{ size[NR] = $1 } END { printf "{\"customers\":%d,\"medianBytes\":%d,\"p99Bytes\":%d,\"maxBytes\":%d}\n", NR, size[int((NR + 1) / 2)], size[int(NR * 0.99 + 0.5)], size[NR] }'
