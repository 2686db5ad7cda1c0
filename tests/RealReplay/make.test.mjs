// The maker is deterministic, and what it breaks is broken.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { arrivalsOf } from './arrivals.mjs';
import { differences } from './compare.mjs';
import { readMade } from './input/made.mjs';
import { ratingOf } from './input/real.mjs';
import { people } from './people.mjs';
import { randomOf } from './random.mjs';
import { signalsOf } from './signals.mjs';

const now = Date.parse('2026-03-10T12:00:00Z');
const input = readMade('seed');

function made(seed) {
  const [person] = people(input, 5);
  return signalsOf({ person, history: person.history, newest: now, input, friendNames: person.friendNames, random: randomOf(seed, person.name) });
}

test('the same seed makes the same signals, another others', () => {
  assert.deepEqual(made('a'), made('a'));
  assert.notDeepEqual(made('a'), made('b'));
});

test('the newest signal is now, and no two share a moment or an id', () => {
  const signals = made('a');
  const times = signals.map(({ occurredTime }) => Date.parse(occurredTime));
  assert.equal(new Set(times).size, times.length);
  assert.equal(new Set(signals.map(({ id }) => id)).size, signals.length);
  assert.ok(Math.abs(Math.max(...times) - now) < 1_000);
});

test('a human rating becomes a score and a confidence', () => {
  assert.deepEqual(ratingOf({ valence: -2, sd: 1 }), { score: -0.5, confidence: 0.5 });
  assert.deepEqual(ratingOf({ valence: 3, sd: -1 }), { score: 0.75, confidence: undefined });
});

test('some lines come late, some twice, some broken', () => {
  const random = randomOf('arrivals');
  const [signal] = made('a');
  const all = Array.from({ length: 10_000 }, () => arrivalsOf(signal, random));
  const share = (kind) => all.flat().filter((each) => each.kind === kind).length / all.length;
  assert.equal(share('signal'), 1);
  assert.ok(Math.abs(share('repeat') - 0.02) < 0.005);
  assert.ok(share('broken') > 0);
});

test('a difference is found where it is, and what is taken from texts can be left out', () => {
  const one = { sentiment: { score: 1 }, topOfMind: { topics: [{ name: 'a' }] }, conversations: [{ id: 'a', link: 'x' }] };
  const other = { sentiment: { score: 3 }, topOfMind: { topics: [{ name: 'b' }] }, conversations: [{ id: 'b', link: 'y' }] };
  assert.equal(differences(one, other, false).length, 4);
  assert.deepEqual(differences(one, other, true), ['conversations.0.id: expected "a", answered "b"']);
});
