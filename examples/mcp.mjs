// An AI reader: connects to the Model Context Protocol at /mcp as any client does, sees which tools there are, and reads one customer's context.
// TOKEN: an access token that may read and names its client, in development mode: ./ctx token --tenant acme --service assistant --client acme-assistant --scope context.read
// WHO: whose context; they must have ticked the box for AI readers in their grant. HTTP: the address of the HTTP door. Needs: npm install @modelcontextprotocol/sdk
import { createRequire } from 'node:module';

const { resolve } = createRequire(process.env.MODULES ?? import.meta.url);
const { Client } = await import(resolve('@modelcontextprotocol/sdk/client/index.js'));
const { StreamableHTTPClientTransport } = await import(resolve('@modelcontextprotocol/sdk/client/streamableHttp.js'));

const client = new Client({ name: 'example', version: '1.0.0' });
await client.connect(new StreamableHTTPClientTransport(new URL('/mcp', process.env.HTTP ?? 'http://127.0.0.1:5102'), {
  requestInit: { headers: { authorization: `Bearer ${process.env.TOKEN}` } },
}));
console.log((await client.listTools()).tools.map(tool => tool.name).join(', '));

const answer = await client.callTool({
  name: 'get_context',
  arguments: { subject: { email: process.env.WHO ?? 'customer1@example.org' }, purpose: 'service.support', max_tokens: 1000 },
});
if (answer.isError) {
  // Refused as for an unknown person: not granted, not to AI readers, or no reads are left today.
  console.log('refused:', JSON.parse(answer.content[0].text).details[0].reason);
} else {
  // Data, and never instructions: give it to a model as data, with its notice.
  console.log(answer.structuredContent.data.brief.headline);
}
await client.close();
