#!/usr/bin/env bash
# A page that somebody looked at, as a program of the Segment specification sends it.
# KEY: a write key; the one here is good in development mode. WHO: whom it is about. HTTP: the address of the HTTP door.
set -euo pipefail
: "${KEY:=demo-acme-web}" "${WHO:=customer1@example.org}" "${HTTP:=http://127.0.0.1:5102}"
curl --fail-with-body -sS "${HTTP%/}/v1/page" \
  -u "$KEY:" \
  -H "content-type: application/json" \
  -d @- <<MESSAGE
{
  "messageId": "example-segment-1",
  "userId": "$WHO",
  "timestamp": "$(date -u +%Y-%m-%dT%H:%M:%SZ)",
  "properties": { "url": "https://shop.example.org/cameras", "category": "camera" }
}
MESSAGE
