import assert from 'node:assert/strict';
import { agent, call, client, detailsOf, grpc, lookup } from '../silo.mjs';

// Binary metadata of a caller's own does no harm, every byte value of it.
const contexts = client('ContextService');
const metadata = agent();
metadata.set('trace-bin', Buffer.from(Array.from({ length: 256 }, (_, i) => i)));
assert.ok((await call(contexts, 'getContext', lookup(), metadata)).disclosureId);

// And the server's own comes back as bytes.
const error = await call(contexts, 'getContext', { ...lookup(), purpose: '' }, metadata).then(() => assert.fail('It was answered.'), refused => refused);
assert.equal(error.code, grpc.status.INVALID_ARGUMENT);
const [bytes] = error.metadata.get('grpc-status-details-bin');
assert.ok(Buffer.isBuffer(bytes));
assert.equal(detailsOf(error).code, error.code);
