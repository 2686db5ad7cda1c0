import assert from 'node:assert/strict';
import { once } from 'node:events';
import { agent, call, client, customer, grpc, lookup } from '../silo.mjs';

const contexts = client('ContextService');
const watch = contexts.watchContext(lookup(), agent());
const [first] = await once(watch, 'data');
const ended = once(watch, 'error');
watch.cancel();
assert.equal((await ended.catch(error => [error]))[0].code, grpc.status.CANCELLED);

// The server has noticed: the watch is closed on record, and the connection stays good.
const consents = client('ConsentService');
const isClosed = async () => {
  const log = await call(consents, 'listDisclosures', { pageSize: 500 }, customer());
  const opened = log.disclosures.find(record => record.disclosureId === first.frame.disclosureId);
  return log.disclosures.some(record => record.watchId === opened.watchId && record.kind === 'DISCLOSURE_KIND_WATCH_CLOSED');
};
const deadline = Date.now() + 10_000;
while (!(await isClosed())) assert.ok(Date.now() < deadline, 'The watch is still open on record.');
assert.ok((await call(contexts, 'getContext', lookup(), agent())).disclosureId);
