import assert from 'node:assert/strict';
import { agent, as, call, client, detailsOf, grpc, lookup } from '../silo.mjs';

const contexts = client('ContextService');
const refused = (request, metadata) => call(contexts, 'getContext', request, metadata).then(() => assert.fail('It was answered.'), error => error);
const expect = (error, code, reason) => {
  const { code: inner, message, details } = detailsOf(error);
  assert.equal(error.code, code);
  assert.equal(inner, code);
  assert.equal(error.details, message);
  assert.equal(details.ErrorInfo.reason, reason);
  assert.equal(details.ErrorInfo.domain, 'customercontext');
  return details;
};

const invalid = expect(await refused({ ...lookup(), interactionId: 'x'.repeat(65) }, agent()), grpc.status.INVALID_ARGUMENT, 'INVALID_ARGUMENT');
assert.equal(invalid.BadRequest.fieldViolations[0].field, 'interaction_id');
assert.match(invalid.BadRequest.fieldViolations[0].description, /64 characters/);

const unknown = expect(
  await refused({ ...lookup(), subject: { email: 'nobody@example.org' } }, agent()), grpc.status.PERMISSION_DENIED, 'CONSENT_REQUIRED');
assert.deepEqual(Object.keys(unknown), ['ErrorInfo']);

expect(await refused({ ...lookup(), purpose: 'credit.eligibility' }, agent()), grpc.status.PERMISSION_DENIED, 'CALLER_NOT_ALLOWED');
expect(await refused(lookup(), new grpc.Metadata()), grpc.status.UNAUTHENTICATED, 'TOKEN_MISSING');
expect(await refused(lookup(), as('no.such.token')), grpc.status.UNAUTHENTICATED, 'TOKEN_INVALID');
