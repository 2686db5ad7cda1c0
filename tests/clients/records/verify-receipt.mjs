// Checks signed receipts with jose against a published key set, and prints their content, one JSON a line.
//   node verify-receipt.mjs KEYS TYPE RECEIPT...
// KEYS: the address of the key set, or a file with it. TYPE: the typ that they must bear.
import { readFileSync } from 'node:fs';
import { compactVerify, createLocalJWKSet, createRemoteJWKSet } from 'jose';

const [where, type, ...receipts] = process.argv.slice(2);
const keys = where.startsWith('http') ? createRemoteJWKSet(new URL(where)) : createLocalJWKSet(JSON.parse(readFileSync(where, 'utf8')));
for (const receipt of receipts) {
  const { payload, protectedHeader } = await compactVerify(receipt, keys, { algorithms: ['ES256'] });
  if (protectedHeader.typ !== type) throw new Error(`${protectedHeader.typ} instead of ${type}`);
  console.log(Buffer.from(payload).toString('utf8'));
}
