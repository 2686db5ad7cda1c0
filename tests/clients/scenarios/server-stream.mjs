import assert from 'node:assert/strict';
import { agent, call, client, lookup, turn } from '../silo.mjs';

const watch = client('ContextService').watchContext(lookup(), agent());
const frames = watch[Symbol.asyncIterator]();

const first = (await frames.next()).value;
assert.ok(first.frame.disclosureId.length > 0);
assert.ok(first.resumeToken.length > 0);

await call(client('SignalService'), 'publishSignals', { signals: [turn('stream-1', { conversationId: 'pushed' })] }, agent());
let pushed;
do {
  pushed = (await frames.next()).value;
} while (!pushed.frame?.context.conversations?.latest.some(one => one.conversationId === 'pushed'));
assert.equal(pushed.frame.disclosureId, first.frame.disclosureId);

watch.on('error', () => {});
watch.cancel();
