#!/usr/bin/env node
// node check.mjs FILE [--lookups N] [--seed TEXT] [--ctx PATH]
// Looks customers of a replayed file up at random (CTX_ADDRESS, CTX_DATA) and compares the answers with the model.
// Exit code 0: all agree, and more than 80 % of the facets say something.
import { parseArgs } from 'node:util';
import { factsOf } from './answer.mjs';
import { differences, presence } from './compare.mjs';
import { chosen } from './lines.mjs';
import { lookUpAll } from './lookup.mjs';
import { contextOf } from './model/context.mjs';

const leastShare = 0.8;
const differencesShown = 5;

const { values, positionals: [file] } = parseArgs({
  allowPositionals: true,
  options: {
    lookups: { type: 'string', default: '100' },
    seed: { type: 'string', default: 'seed' },
    ctx: { type: 'string', default: new URL('../../ctx', import.meta.url).pathname },
  },
});

const customers = await chosen(file, Number(values.lookups), values.seed);
const answers = await lookUpAll(values.ctx, [...customers.keys()]);
const results = [...customers].map(([email, customer], place) => {
  const answered = factsOf(answers[place].context ?? {});
  const expected = contextOf(customer, Math.floor(Date.parse(answers[place].asOfTime) / 1_000));
  return { email, differences: differences(expected, answered, customer.hasText), present: presence(answered, customer.hasText) };
});

const different = results.filter(({ differences }) => differences.length > 0);
for (const { email, differences } of different) {
  console.log([email, ...differences.slice(0, differencesShown)].join('\n  '));
}

const facets = {};
for (const [name, isPresent] of results.flatMap(({ present }) => Object.entries(present))) {
  const facet = (facets[name] ??= { compared: 0, present: 0 });
  facet.compared++;
  facet.present += isPresent ? 1 : 0;
}

const total = (of) => Object.values(facets).reduce((sum, each) => sum + each[of], 0);
const share = total('present') / total('compared');
const passed = results.length > 0 && different.length === 0 && share > leastShare;
console.log(JSON.stringify({
  compared: results.length,
  different: different.length,
  comparedWithoutTexts: [...customers.values()].filter(({ hasText }) => hasText).length,
  facets,
  sharePresent: Number(share.toFixed(3)),
  passed,
}));
process.exitCode = passed ? 0 : 1;
