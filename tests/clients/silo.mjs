// The silo under test, as @grpc/grpc-js sees it. What it is comes by environment from the test that runs this:
// CC_ADDRESS host:port, CC_AGENT and CC_CUSTOMER tokens, CC_EMAIL of a customer who granted the agent's company everything.
import { fileURLToPath } from 'node:url';
import * as grpc from '@grpc/grpc-js';
import * as loader from '@grpc/proto-loader';
import protobuf from 'protobufjs';

const contracts = fileURLToPath(new URL('../../contracts', import.meta.url));
const here = fileURLToPath(new URL('.', import.meta.url));
const options = { keepCase: false, longs: Number, enums: String, oneofs: true, includeDirs: [contracts] };
const api = grpc.loadPackageDefinition(
  loader.loadSync(['context_service', 'signal_service', 'consent_service'].map(name => `customercontext/v1/${name}.proto`), options),
).customercontext.v1;
const rpc = await protobuf.load(`${here}google_rpc.proto`);

export { grpc };
export const email = process.env.CC_EMAIL;

export const client = (service, channelOptions = {}) =>
  new api[service](process.env.CC_ADDRESS, grpc.credentials.createInsecure(), channelOptions);

export const as = token => {
  const metadata = new grpc.Metadata();
  metadata.set('authorization', `Bearer ${token}`);
  return metadata;
};
export const agent = () => as(process.env.CC_AGENT);
export const customer = () => as(process.env.CC_CUSTOMER);

export const lookup = () => ({ subject: { email }, purpose: 'service.support', interactionId: 'call-1' });

export const turn = (id, more = {}) => ({
  id,
  subject: { email },
  occurredTime: { seconds: Math.floor(Date.now() / 1000) },
  conversation: { conversationId: 'node', channel: 'chat', role: 'PARTICIPANT_ROLE_CUSTOMER', state: 'CONVERSATION_STATE_OPENED', score: 0.5, ...more },
});

// One unary call; resolves to its answer, rejects with its status.
export const call = (stub, method, request, metadata, callOptions = {}) =>
  new Promise((resolve, reject) =>
    stub[method](request, metadata, callOptions, (error, answer) => (error ? reject(error) : resolve(answer))));

// The google.rpc.Status of an error, its details decoded, by the short name of their type.
export const detailsOf = error => {
  const status = rpc.lookupType('google.rpc.Status').decode(error.metadata.get('grpc-status-details-bin')[0]);
  const details = {};
  for (const any of status.details) {
    const name = any.type_url.split('/').pop();
    details[name.split('.').pop()] = rpc.lookupType(name).decode(any.value);
  }
  return { code: status.code, message: status.message, details };
};
