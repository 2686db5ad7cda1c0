// A receiver of what becomes of a company's grants and its work: checks who sent it, as Standard Webhooks says, and prints what it is.
// SECRET: one of the company's Webhook:Secrets in the tenants file, whsec_... PORT: where it listens, on this machine. Needs: npm install standardwebhooks
// A call may come twice, under the same webhook-id: keep the ids that you have taken, and take each once.
import { createServer } from 'node:http';
import { createRequire } from 'node:module';

const { Webhook } = createRequire(process.env.MODULES ?? import.meta.url)('standardwebhooks');
const webhook = new Webhook(process.env.SECRET);
const taken = new Set();

createServer(async (request, response) => {
  let body = '';
  for await (const part of request.setEncoding('utf8')) body += part;
  try {
    const { type, data } = webhook.verify(body, request.headers);
    if (!taken.has(request.headers['webhook-id'])) {
      taken.add(request.headers['webhook-id']);
      // consent.given, consent.narrowed: look again when you need to. consent.ended: forget what you keep of this customer under this grant.
      if (type.startsWith('consent.')) console.log(type, data.customer_id, data.grant_id, data.version);
      // work.due, work.escalated: somebody should claim it, which says whose it is. work.done: somebody has completed it.
      if (type.startsWith('work.')) console.log(type, data.work_id, data.kind, data.queue, data.result ?? '');
    }
    response.writeHead(204).end();
  } catch {
    console.log('forged');
    response.writeHead(401).end();
  }
}).listen(Number(process.env.PORT ?? 8090), '127.0.0.1', () => console.log('listening'));
