import assert from 'node:assert/strict';
import { agent, call, client, grpc, lookup } from '../silo.mjs';

// A watch lasts; its deadline ends it, and the connection stays good.
const contexts = client('ContextService');
const watch = contexts.watchContext(lookup(), agent(), { deadline: Date.now() + 700 });
const error = await new Promise((resolve, reject) => {
  watch.on('error', resolve);
  watch.on('end', () => reject(new Error('The watch ended without an error.')));
  watch.resume();
});
assert.equal(error.code, grpc.status.DEADLINE_EXCEEDED);
assert.ok((await call(contexts, 'getContext', lookup(), agent())).disclosureId);
