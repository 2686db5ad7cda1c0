#!/usr/bin/env bash
# A turn of a conversation as a CloudEvent, in structured mode. Sent again, it counts once.
# TOKEN: an access token that may send signals, in development mode: ./ctx token --tenant acme --service crm. WHO: whom it is about. HTTP: the address of the HTTP door.
set -euo pipefail
: "${TOKEN:?an access token}" "${WHO:=customer1@example.org}" "${HTTP:=http://127.0.0.1:5102}"
curl --fail-with-body -sS "${HTTP%/}/events" \
  -H "authorization: Bearer $TOKEN" \
  -H "content-type: application/cloudevents+json" \
  -d @- <<EVENT
{
  "specversion": "1.0",
  "type": "org.customercontext.conversation.v1",
  "source": "acme/crm",
  "id": "example-cloudevents-1",
  "subject": "mailto:$WHO",
  "time": "$(date -u +%Y-%m-%dT%H:%M:%SZ)",
  "data": {
    "conversationId": "example-1",
    "channel": "chat",
    "role": "PARTICIPANT_ROLE_CUSTOMER",
    "state": "CONVERSATION_STATE_OPENED",
    "text": "My order has still not arrived."
  }
}
EVENT
