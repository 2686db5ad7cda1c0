// The OpenAPI document of the silo, by a validator of npm that knows nothing of us. Then a real answer is held against the schema that the document gives for it.
// CC_HTTP is the address of the HTTP door, CC_AGENT a token, CC_EMAIL of a customer who granted the agent's company everything.
import assert from 'node:assert/strict';
import SwaggerParser from '@apidevtools/swagger-parser';
import Ajv from 'ajv/dist/2020.js';
import protobuf from 'protobufjs';

const http = process.env.CC_HTTP;
const list = await (await fetch(new URL('/api', http))).json();
const document = await (await fetch(new URL(list.openapi, http))).json();
await SwaggerParser.validate(structuredClone(document));

// Every method of the contract that is bound to JSON is in it, and nothing else: read from the proto files, which it serves too.
const root = new protobuf.Root();
root.resolvePath = (_, name) => (name.startsWith('http') ? name : new URL(`/api/${name}`, http).href);
const load = name => new Promise((resolve, reject) => root.load(name, { keepCase: false }, error => (error ? reject(error) : resolve())));
root.fetch = (name, done) => {
  fetch(name).then(answer => (answer.ok ? answer.text() : Promise.reject(new Error(`${name}: ${answer.status}`)))).then(text => done(null, text), done);
};
for (const name of list.protos.map(path => path.slice('/api/'.length)).filter(name => name.startsWith('customercontext/'))) {
  await load(name);
}

const bound = Object.values(root.lookup('customercontext.v1').nested)
  .filter(one => one instanceof protobuf.Service)
  .flatMap(service => Object.values(service.methods).filter(method => JSON.stringify(method.options ?? {}).includes('google.api.http')).map(method => `${service.name}_${method.name}`));
const described = Object.values(document.paths).flatMap(path => Object.values(path).map(operation => operation.operationId));
assert.ok(bound.length >= 9, bound.join());
assert.deepEqual(described.sort(), bound.sort());

const answer = await fetch(new URL('/v1/contexts:get', http), {
  method: 'POST',
  headers: { authorization: `Bearer ${process.env.CC_AGENT}`, 'content-type': 'application/json' },
  body: JSON.stringify({ subject: { email: process.env.CC_EMAIL }, purpose: 'service.support', interactionId: 'call-1' }),
});
assert.equal(answer.status, 200);
const refused = await fetch(new URL('/v1/contexts:get', http), { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' });
assert.equal(refused.status, 401);
const catalog = await fetch(new URL('/v1/catalog', http));

// A field that the document does not know is a fault of the document.
const closed = structuredClone(document);
for (const [name, schema] of Object.entries(closed.components.schemas)) {
  if (schema.type === 'object' && name !== 'google.rpc.Status') schema.additionalProperties = false;
}
const ajv = new Ajv({ strict: false, validateFormats: false });
ajv.addSchema(closed, 'api');
const holds = (path, verb, code, value) => {
  const at = ['paths', path, verb, 'responses', code, 'content', 'application/json', 'schema'].map(part => part.replaceAll('~', '~0').replaceAll('/', '~1')).join('/');
  const check = ajv.compile({ $ref: `api#/${at}` });
  assert.ok(check(value), `${path} ${code}: ${JSON.stringify(check.errors)}`);
};
const context = await answer.json();
assert.ok(context.disclosureId);
holds('/v1/contexts:get', 'post', '200', context);
holds('/v1/contexts:get', 'post', 'default', await refused.json());
holds('/v1/catalog', 'get', '200', await catalog.json());
assert.throws(() => holds('/v1/catalog', 'get', '200', { companies: 5 }));
