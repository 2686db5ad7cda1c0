// Segment's SDK of npm for Node, unmodified, against the silo: with the public key of acme's web pages, and with a secret one. Then what it sent is looked up by gRPC.
// CC_HTTP is the address of the HTTP door; the rest as in silo.mjs.
import assert from 'node:assert/strict';
import { Analytics } from '@segment/analytics-node';
import { call, client, customer, email } from '../silo.mjs';

const errors = [];
const segment = writeKey => {
  const one = new Analytics({ writeKey, host: new URL(process.env.CC_HTTP).origin, maxRetries: 0 });
  one.on('error', error => errors.push(error));
  return one;
};
const chat = conversation_id => ({ userId: email, event: 'Live Chat Conversation Started', properties: { conversation_id, message_body: 'That was great, thank you!' } });

const web = segment('demo-acme-web');
web.page({ userId: email, name: 'Cameras', category: 'camera', properties: { url: 'https://acme.example/cameras?session=1' } });
web.screen({ userId: email, name: 'Cameras', properties: { category: 'camera' } });
web.track({ userId: email, event: 'Product Viewed', properties: { product_id: 'p-1', category: 'e-bike' } });
web.track({ userId: email, event: 'Order Completed', properties: { total: 5 } });
web.identify({ userId: email, traits: { support_tier: 'public', email } });
web.group({ userId: email, groupId: 'e-bikers' });
web.alias({ userId: email, previousId: 'somebody-else' });
web.track(chat('segment-public'));
web.page({ anonymousId: 'nobody', name: 'Cameras' });
await web.closeAndFlush();

const crm = segment('demo-acme-crm-secret-key');
crm.identify({ userId: email, traits: { support_tier: 'gold', name: 'Ada' } });
crm.track(chat('segment-secret'));
await crm.closeAndFlush();
assert.deepEqual(errors, []);

const own = (await call(client('ContextService'), 'getContext', {}, customer())).context;
const all = JSON.stringify(own);
assert.ok(own.topOfMind.topics.some(one => one.name === 'camera'), all);
assert.ok(own.topOfMind.topics.some(one => one.name === 'e-bike'), all);
assert.match(all, /segment-secret/);
assert.match(all, /gold/);
assert.doesNotMatch(all, /segment-public|"public"|Ada|great/);

const nobody = segment('nobodys-key');
nobody.page({ userId: email, name: 'Cameras' });
await nobody.closeAndFlush();
assert.equal(errors.length, 1);
