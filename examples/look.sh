#!/usr/bin/env bash
# One look at a customer, as JSON over HTTP. It is on the customer's record like any other.
# TOKEN: an access token that may read, in development mode: ./ctx token --tenant acme --actor anna. WHO: whose context. HTTP: the address of the HTTP door.
set -euo pipefail
: "${TOKEN:?an access token}" "${WHO:=customer1@example.org}" "${HTTP:=http://127.0.0.1:5102}"
curl --fail-with-body -sS "${HTTP%/}/v1/contexts:get" \
  -H "authorization: Bearer $TOKEN" \
  -H "content-type: application/json" \
  -d "{ \"subject\": { \"email\": \"$WHO\" }, \"purpose\": \"service.support\", \"interactionId\": \"example-call-1\" }"
