#!/usr/bin/env node
// node make.mjs DIR OUT.jsonl [--customers N] [--now ISO] [--seed TEXT] [--turns N]
// Turns real data (README.md; made-up data if DIR is not there) into a file for `ctx replay`, and OUT.jsonl.summary.json beside it.
import { createWriteStream, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { arrivalsOf } from './arrivals.mjs';
import { isReal, readReal } from './input/real.mjs';
import { readMade } from './input/made.mjs';
import { people } from './people.mjs';
import { randomOf } from './random.mjs';
import { signalsOf } from './signals.mjs';

const { values, positionals: [folder, out] } = parseArgs({
  allowPositionals: true,
  options: { customers: { type: 'string', default: '4039' }, now: { type: 'string' }, seed: { type: 'string', default: 'seed' }, turns: { type: 'string', default: '600' } },
});
const now = values.now === undefined ? Date.now() : Date.parse(values.now);
const input = isReal(folder) ? readReal(folder) : readMade(values.seed);
const customers = people(input, Number(values.customers));

const arrivals = customers.flatMap((person, place) => {
  const random = randomOf(values.seed, person.name);
  const history = person.history.slice(-Number(values.turns));
  const newest = now - (place === 0 ? 0 : quietMilliseconds(random));
  return signalsOf({ person, history, newest, input, friendNames: person.friendNames, random }).flatMap((signal) => arrivalsOf(signal, random));
});
arrivals.sort((a, b) => a.arrival - b.arrival);

const file = createWriteStream(out);
for (const person of customers) {
  await write(JSON.stringify(customerLine(person)));
}

for (const { line } of arrivals) {
  await write(line);
}

file.end();
await once(file, 'finish');

const count = (kind) => arrivals.filter((each) => each.kind === kind).length;
const summary = { real: isReal(folder), customers: customers.length, signals: count('signal'), repeats: count('repeat'), broken: count('broken') };
writeFileSync(`${out}.summary.json`, `${JSON.stringify(summary)}\n`);
console.log(JSON.stringify(summary));

async function write(line) {
  if (!file.write(`${line}\n`)) {
    await once(file, 'drain');
  }
}

/** How long ago somebody's newest signal is: most are live, some have been quiet for weeks. */
function quietMilliseconds(random) {
  const [least, most] = random.chance(0.7) ? [0, 1] : random.chance(0.67) ? [1, 7] : [7, 60];
  return Math.floor(random.between(least, most) * 86_400_000);
}

/** Opts in: acme may collect, and may see all of it, from before too. */
function customerLine({ email }) {
  const facets = ['SENTIMENT', 'TOP_OF_MIND', 'CONVERSATIONS', 'SITUATION', 'NETWORK', 'TRIBES', 'INFLUENCE', 'HELP', 'ATTENTION'];
  return {
    customer: {
      email,
      preferences: { ofAge: true, collect: ['acme'] },
      grants: [{ tenant: 'acme', terms: { purposes: ['service.support'], facets: facets.map((facet) => `FACET_${facet}`), when: 'GRANT_WHEN_ANY_TIME', includeEarlier: true } }],
    },
  };
}
