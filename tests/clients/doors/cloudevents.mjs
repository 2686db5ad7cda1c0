// The CloudEvents SDK of npm, unmodified, against the silo: one event in each mode, and a batch. Then what it sent is looked up by gRPC.
// CC_HTTP is the address of the HTTP door; the rest as in silo.mjs.
import assert from 'node:assert/strict';
import { CloudEvent, HTTP, Mode, emitterFor, httpTransport } from 'cloudevents';
import { agent, call, client, email, lookup } from '../silo.mjs';

const url = new URL('/events', process.env.CC_HTTP).href;
const headers = { authorization: `Bearer ${process.env.CC_AGENT}` };
const turn = id => new CloudEvent({
  type: 'org.customercontext.conversation.v1',
  source: 'acme/crm',
  id,
  subject: `mailto:${email}`,
  data: { conversationId: id, channel: 'chat', role: 'PARTICIPANT_ROLE_CUSTOMER', state: 'CONVERSATION_STATE_OPENED', score: 0.5, topics: ['delivery'] },
});
const post = async message => {
  const answer = await fetch(url, { method: 'POST', headers: { ...message.headers, ...headers }, body: message.body });
  return { status: answer.status, body: await answer.json() };
};

const binary = await post(HTTP.binary(turn('ce-binary')));
assert.deepEqual(binary, { status: 200, body: { results: [{ signalId: 'ce-binary', outcome: 'SIGNAL_OUTCOME_ACCEPTED' }] } });

const structured = await post(HTTP.structured(turn('ce-structured')));
assert.equal(structured.status, 200);
assert.equal(structured.body.results[0].outcome, 'SIGNAL_OUTCOME_ACCEPTED');

// Batches the SDK reads and does not write: its events as a JSON array, as the specification has it.
const wrong = turn('ce-batch-2').cloneWith({ source: 'globex/helpdesk' });
const batch = await post({
  headers: { 'content-type': 'application/cloudevents-batch+json' },
  body: JSON.stringify([turn('ce-batch-1'), wrong, turn('ce-binary')]),
});
assert.equal(batch.status, 400);
assert.deepEqual(batch.body.results.map(one => one.outcome), ['SIGNAL_OUTCOME_ACCEPTED', 'SIGNAL_OUTCOME_REFUSED', 'SIGNAL_OUTCOME_DUPLICATE']);
assert.equal(batch.body.results[1].status.field, 'events[1].source');

// The SDK's own sender.
const emit = emitterFor(httpTransport(url), { mode: Mode.BINARY });
const emitted = await emit(turn('ce-emitted'), { headers });
assert.match(emitted.body, /SIGNAL_OUTCOME_ACCEPTED/);

const context = (await call(client('ContextService'), 'getContext', lookup(), agent())).context;
for (const id of ['ce-binary', 'ce-structured', 'ce-batch-1', 'ce-emitted']) {
  assert.ok(context.conversations.latest.some(one => one.conversationId === id), id);
}
assert.ok(!context.conversations.latest.some(one => one.conversationId === 'ce-batch-2'));
