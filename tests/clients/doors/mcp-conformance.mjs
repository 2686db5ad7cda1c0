// The conformance suite of npm, unmodified, in its server mode, against the silo. It sends no token, so a proxy on this machine adds one; nothing else is changed on the way.
// CC_HTTP is the address of the HTTP door; CC_AI the token of an AI reader.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

// All scenarios of a server that has tools and nothing else. The others want resources, prompts, completion or logging, which this server does not offer, or call tools of a test server (images, sampling,
// elicitation, progress) that it does not have.
const scenarios = ['server-initialize', 'ping', 'tools-list', 'dns-rebinding-protection'];

const silo = new URL(process.env.CC_HTTP);
const proxy = createServer((call, answer) => {
  const on = request({ host: silo.hostname, port: silo.port, path: call.url, method: call.method, headers: { ...call.headers, authorization: `Bearer ${process.env.CC_AI}` } }, from => {
    answer.writeHead(from.statusCode, from.headers);
    from.pipe(answer);
  });
  on.on('error', () => answer.destroy());
  call.pipe(on);
});
await new Promise(listening => proxy.listen(0, '127.0.0.1', listening));

const suite = join(dirname(createRequire(import.meta.url).resolve('@modelcontextprotocol/conformance/package.json')), 'dist/index.js');
const folder = await mkdtemp(join(tmpdir(), 'mcp-conformance-'));
let failed = [];
for (const scenario of scenarios) {
  const code = await new Promise(done => spawn(process.execPath, [suite, 'server', '--url', `http://127.0.0.1:${proxy.address().port}/mcp`, '--scenario', scenario], { cwd: folder, stdio: 'inherit' }).on('exit', done));
  if (code !== 0) failed.push(scenario);
}
proxy.close();
proxy.closeAllConnections();
await rm(folder, { recursive: true });
if (failed.length > 0) {
  console.error(`failed: ${failed.join(', ')}`);
  process.exit(1);
}
