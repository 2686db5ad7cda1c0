// A real OpenID Connect provider (oidc-provider) for the tests, on a free port. Its first line of output is {"issuer": ...}; it runs until its input
// ends. A test steers it over HTTP:
//   POST /test/accounts            {"id", "claims"}: somebody who can sign in; the claims go into their access tokens
//   POST /test/clients             {"client_id", "claims", ...}: claims of a client's own access tokens (see clients.mjs)
//   POST /test/pages               {"url"}: where the pages (client "pages") are
//   POST /test/rotate              a new signing key; ?keep=false takes the old ones off the key set
//   POST /test/keys                ?answer=ok | fail | stall: what discovery and key set do
//   GET  /test/keys                how often the key set was asked for
//   GET  /test/ciba                what waits on customers' devices: [{"account", "binding_message", "scope"}]
//   POST /test/ciba                {"account", "answer": "approve" | "refuse"}: as soon as something waits there; answers with what the device showed
import { createServer } from 'node:http';
import { EventEmitter, once } from 'node:events';
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import Provider, { errors } from 'oidc-provider';
import { clients, clientClaims } from './clients.mjs';

const audience = 'customercontext';
const scopes = 'context.read signal.write consent.manage tribe.read attention.work';
const accounts = new Map();
const devices = new Map();
const rings = new EventEmitter();
let pages = 'http://127.0.0.1/';
let keys = [newKey()];
let keysAnswer = 'ok';
let keysAsked = 0;
let provider;

const server = createServer(handle).listen(0, '127.0.0.1', () => {
  provider = makeProvider();
  console.log(JSON.stringify({ issuer: issuer() }));
});
process.stdin.resume().on('end', () => process.exit(0));

function issuer() {
  return `http://127.0.0.1:${server.address().port}`;
}

function newKey() {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { ...privateKey.export({ format: 'jwk' }), kid: randomUUID(), use: 'sig', alg: 'ES256' };
}

// Keys are fixed when a provider is made, so a rotation makes a new one; clients, sessions and codes live in memory beside it.
function makeProvider() {
  const made = new Provider(issuer(), {
    clients: clients(issuer(), pages),
    jwks: { keys },
    cookies: { keys: ['only for tests'] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    clientDefaults: { id_token_signed_response_alg: 'ES256' },
    scopes: ['openid', 'offline_access', ...scopes.split(' ')],
    // Those of the pages are short, so that a test sees them refreshed.
    ttl: { AccessToken: (_, token, client) => (client.clientId === 'pages' ? 30 : 600), ClientCredentials: 600, BackchannelAuthenticationRequest: ctx => Math.min(120, Number(ctx?.oidc?.params.requested_expiry) || 120) },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...accounts.get(id) }) }),
    extraTokenClaims: (_, token) => ({ ...clientClaims[token.clientId], ...accounts.get(token.accountId) }),
    interactions: { url: (_, interaction) => `/test/interaction/${interaction.uid}` },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => `urn:${audience}`,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({ scope: scopes, audience, accessTokenFormat: 'jwt', jwt: { sign: { alg: 'ES256' } } }),
      },
      ciba: {
        enabled: true,
        deliveryModes: ['poll'],
        processLoginHint: (_, hint) => (accounts.has(hint) ? hint : undefined),
        verifyUserCode: () => {},
        validateRequestContext: () => {},
        validateBindingMessage: () => {},
        triggerAuthenticationDevice: (_, request) => { devices.set(request.accountId, request); rings.emit(request.accountId); },
      },
      // Whoever says yes on a device has seen the terms.
      richAuthorizationRequests: {
        enabled: true,
        types: { 'urn:customercontext:grant': { validate: () => {} } },
        authorizationDetailsForGrantSource: () => undefined,
        authorizationDetailsForAccessToken: (_, token, source) => JSON.parse(source.params.authorization_details),
        authorizationDetailsForIntrospection: () => undefined,
      },
    },
  });
  made.on('server_error', (_, error) => console.error(error));
  return made;
}

async function handle(request, response) {
  const url = new URL(request.url, issuer());
  if (url.pathname.startsWith('/test/')) {
    try {
      await steer(request, response, url);
    } catch (error) {
      answer(response, { error: String(error.stack) }, 500);
    }
    return;
  }

  if (url.pathname === '/jwks') keysAsked += 1;
  if (url.pathname === '/jwks' || url.pathname === '/.well-known/openid-configuration') {
    if (keysAnswer === 'stall') return;
    if (keysAnswer === 'fail') { answer(response, {}, 503); return; }
  }

  provider.callback()(request, response);
}

async function steer(request, response, url) {
  const path = `${request.method} ${url.pathname}`;
  const given = request.method === 'POST' ? JSON.parse((await text(request)) || '{}') : {};
  switch (path) {
    case 'POST /test/accounts': accounts.set(given.id, given.claims ?? {}); break;
    case 'POST /test/clients': clientClaims[given.client_id] = given.claims; break;
    case 'POST /test/pages': pages = given.url; provider = makeProvider(); break;
    case 'POST /test/rotate':
      keys = [newKey(), ...(url.searchParams.get('keep') === 'false' ? [] : keys)];
      provider = makeProvider();
      break;
    case 'POST /test/keys': keysAnswer = url.searchParams.get('answer'); break;
    case 'GET /test/keys': answer(response, { asked: keysAsked }); return;
    case 'GET /test/ciba': answer(response, [...devices.values()].map(waiting)); return;
    case 'POST /test/ciba': answer(response, await decide(given)); return;
    case 'GET /test/callback': answer(response, Object.fromEntries(url.searchParams)); return;
    default:
      if (!url.pathname.startsWith('/test/interaction/')) { answer(response, {}, 404); return; }
      await interact(request, response);
      return;
  }

  answer(response, {});
}

// Whoever is named by login_hint, else the latest account, signs in and agrees to everything.
async function interact(request, response) {
  const { prompt, params, session } = await provider.interactionDetails(request, response);
  const result = prompt.name === 'login'
    ? { login: { accountId: params.login_hint ?? [...accounts.keys()].at(-1) } }
    : { consent: { grantId: await grantFor(session.accountId, params.client_id, params.scope) } };
  await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: true });
}

async function decide({ account, answer: said }) {
  if (!devices.has(account)) await once(rings, account);
  const request = devices.get(account);
  devices.delete(account);
  const result = said === 'approve'
    ? await provider.Grant.find(await grantFor(account, request.clientId, request.params.scope))
    : new errors.AccessDenied();
  await provider.backchannelResult(request, result);
  return waiting(request);
}

async function grantFor(accountId, clientId, scope) {
  const grant = new provider.Grant({ accountId, clientId });
  grant.addOIDCScope(scope);
  grant.addResourceScope(`urn:${audience}`, scope);
  return grant.save();
}

function waiting(request) {
  return { account: request.accountId, binding_message: request.params.binding_message, scope: request.params.scope };
}

function answer(response, body, status = 200) {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function text(request) {
  let all = '';
  for await (const part of request) all += part;
  return all;
}
