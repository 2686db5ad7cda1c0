#!/usr/bin/env node
// node check.mjs FILE --address URL [--lookups N] [--seed TEXT] [--ctx PATH] [--least-share 0.8]
// Looks customers of a replayed file up at random and compares the answers with the model. Exit code 0: all agree, and enough is present.
import { parseArgs } from 'node:util';
import { factsOf } from './answer.mjs';
import { differences, presence } from './compare.mjs';
import { linesOf } from './lines.mjs';
import { lookUp } from './lookup.mjs';
import { contextOf } from './model/context.mjs';
import { newCustomer, take } from './model/customer.mjs';
import { randomOf } from './random.mjs';

const { values, positionals: [file] } = parseArgs({
  allowPositionals: true,
  options: {
    address: { type: 'string' },
    lookups: { type: 'string', default: '100' },
    seed: { type: 'string', default: 'seed' },
    ctx: { type: 'string', default: new URL('../../ctx', import.meta.url).pathname },
    'least-share': { type: 'string', default: '0.8' },
  },
});

const customers = await chosen(Number(values.lookups));
let present = 0;
let withoutFeelings = 0;
let wrong = 0;
for (const [email, customer] of customers) {
  const answer = await lookUp({ ctx: values.ctx, address: values.address, email });
  const answered = factsOf(answer.context ?? {});
  const expected = contextOf(customer, Math.floor(Date.parse(answer.asOfTime) / 1_000));
  const found = differences(expected, answered, customer.hasText);
  present += presence(answered).filter(Boolean).length;
  withoutFeelings += customer.hasText ? 1 : 0;
  wrong += found.length === 0 ? 0 : 1;
  for (const difference of found.slice(0, 10)) {
    console.log(`${email} ${difference}`);
  }
}

const facets = customers.size * 4;
const share = present / facets;
const passed = customers.size > 0 && wrong === 0 && share > Number(values['least-share']);
console.log(JSON.stringify({
  compared: customers.size,
  different: wrong,
  withoutFeelings,
  facets,
  present,
  share: Number(share.toFixed(3)),
  passed,
}));
process.exitCode = passed ? 0 : 1;

/** Customers of the file, drawn at random, with all that the file says about them. */
async function chosen(wanted) {
  const emails = [];
  const drawn = new Map();
  for await (const line of linesOf(file)) {
    if (line.customer !== undefined) {
      emails.push(line.customer.email);
      continue;
    }

    if (drawn.size === 0) {
      draw(emails, wanted, drawn);
    }

    const customer = drawn.get(line.subject.email);
    if (customer !== undefined) {
      take(customer, line, 'acme');
    }
  }

  return drawn;
}

function draw(emails, wanted, drawn) {
  const random = randomOf(values.seed, 'check');
  while (drawn.size < Math.min(wanted, emails.length)) {
    drawn.set(random.pick(emails), newCustomer());
  }
}
