// Checks a customer's log offline, from the public contract alone: no code of the product, no connection.
//   node verify-log.mjs LOG [HEAD] [KEYS]
// LOG:  what `ctx disclosures --json` printed (ListDisclosuresResponse as protobuf JSON, newest first), whole.
// HEAD: a file with "SEQUENCE HASH", kept from earlier: the log must lead through it. "-": none.
// KEYS: a JSON Web Key Set; needed if the log was cut behind a signed checkpoint.
// Prints "whole SEQUENCE HASH", or what is wrong, and ends with 1 then.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { compactVerify, createLocalJWKSet } from 'jose';

const sha256 = (...parts) => createHash('sha256').update(Buffer.concat(parts)).digest();
const bytes = base64 => Buffer.from(base64 ?? '', 'base64');
const number = value => {
  const eight = Buffer.alloc(8);
  eight.writeBigInt64BE(BigInt(value ?? 0));
  return eight;
};

const fault = text => {
  console.log(text);
  process.exit(1);
};

const [logFile, headFile, keyFile] = process.argv.slice(2);
const log = JSON.parse(readFileSync(logFile, 'utf8'));
const records = (log.disclosures ?? []).reverse();

let sequence = 0n;
let hash = Buffer.alloc(32);
if (log.checkpoint) {
  const keys = createLocalJWKSet(JSON.parse(readFileSync(keyFile, 'utf8')));
  const { payload, protectedHeader } = await compactVerify(log.checkpoint.signature, keys, { algorithms: ['ES256'] }).catch(() => fault('the checkpoint is not signed'));
  const signed = JSON.parse(Buffer.from(payload));
  sequence = BigInt(log.checkpoint.head.sequence);
  hash = bytes(log.checkpoint.head.hash);
  if (protectedHeader.typ !== 'chain-checkpoint' || BigInt(signed.sequence) !== sequence || signed.hash !== hash.toString('hex')) fault('the checkpoint is another one');
}

const held = headFile && headFile !== '-' ? readFileSync(headFile, 'utf8').trim().split(/\s+/) : undefined;
let isHeldFound = !held || (BigInt(held[0]) === sequence && held[1] === hash.toString('hex'));
let epoch = 0n;
for (const record of records) {
  sequence += 1n;
  const at = `record ${sequence}`;
  if (BigInt(record.sequence) !== sequence) fault(`${at} is missing`);
  if (BigInt(record.consentEpoch ?? 0) < epoch) fault(`${at} goes back behind a change of consent`);
  epoch = BigInt(record.consentEpoch ?? 0);
  const isErased = !record.salt && !record.record;
  if (!isErased && !sha256(bytes(record.salt), bytes(record.record)).equals(bytes(record.commitment))) fault(`${at} was changed`);
  if (!bytes(record.previousHash).equals(hash)) fault(`${at} does not follow the one before it`);
  hash = sha256(hash, number(record.sequence), number(record.consentEpoch), bytes(record.commitment));
  if (!hash.equals(bytes(record.hash))) fault(`${at} has another hash`);
  if (held && BigInt(held[0]) === sequence) {
    if (held[1] !== hash.toString('hex')) fault(`${at} is not the one that was kept: the log was forked before it`);
    isHeldFound = true;
  }
}

if (!isHeldFound) fault(`the log ends at ${sequence}, before the end that was kept`);
if (BigInt(log.chainHead?.sequence ?? 0) !== sequence || !bytes(log.chainHead?.hash).equals(hash)) fault('the log does not lead to its own end');
console.log(`whole ${sequence} ${hash.toString('hex')}`);
