// Worked by hand. node --test tests/RealReplay
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contextOf } from './context.mjs';
import { newCustomer, take } from './customer.mjs';
import { shown, whole } from './numbers.mjs';

const now = Date.parse('2026-03-10T12:00:00Z');
const seconds = now / 1_000;
const hours = 3_600_000;

function customerOf(...signals) {
  const customer = newCustomer();
  signals.forEach(({ ago, ...signal }, place) =>
    take(customer, { id: `s${place}`, source: 'chat', occurredTime: new Date(now - (ago * hours)).toISOString(), ...signal }, 'acme'));
  return customer;
}

const turn = (ago, conversationId, score, more = {}) => ({
  ago,
  conversation: { conversationId, channel: 'chat', role: 'PARTICIPANT_ROLE_CUSTOMER', state: 'CONVERSATION_STATE_REPLIED', score, ...more },
});

test('halves go away from zero', () => {
  assert.deepEqual([0.5, -0.5, 1.4999, -2.5, 0.49999999999999994].map(whole), [1, -1, 1, -3, 0]);
});

test('below half a message no score is shown', () => {
  assert.deepEqual(shown({ score: -400, weight: 499, count: 1 }), { score: undefined, confidence: 333, messages: 1 });
  assert.deepEqual(shown({ score: -400, weight: 500, count: 1 }), { score: -267, confidence: 333, messages: 1 });
});

test('one conversation weighs at most one message a day', () => {
  const { sentiment } = contextOf(customerOf(turn(2, 'a', -0.8), turn(1, 'a', -0.4)), seconds);
  // Two whole messages of -0.8 and -0.4 count as one of -0.6: -600 / (1000 + 1000).
  assert.deepEqual(sentiment.today, { score: -300, confidence: 500, messages: 2 });
});

test('two conversations weigh two', () => {
  const { sentiment } = contextOf(customerOf(turn(2, 'a', -0.8), turn(1, 'b', -0.4)), seconds);
  assert.deepEqual(sentiment.today, { score: -400, confidence: 667, messages: 2 });
});

test('a week fades by half in seven days from the end of its day on', () => {
  const { sentiment } = contextOf(customerOf(turn(12 + (7 * 24) + 12, 'a', 1)), seconds);
  // The day ended at midnight 7.5 days ago; 2^(-7.5/7) = 0.4759 of a message: below the floor.
  assert.deepEqual(sentiment.week, { score: undefined, confidence: 322, messages: 1 });
  assert.deepEqual(sentiment.lastKnown, { score: 1_000, at: Date.parse('2026-03-02T00:00:00Z') });
});

test('a fall after a good week is a falling trend', () => {
  const good = [2, 3, 4, 5, 6].flatMap((days) => [turn(days * 24, `a${days}`, 0.5), turn(days * 24, `b${days}`, 0.5)]);
  const bad = Array.from({ length: 10 }, (_, i) => turn(1, `c${i}`, -0.5));
  const { trend } = contextOf(customerOf(...good, ...bad), seconds).sentiment;
  // 0.5 sqrt(1/10 + 1/10) = 0.224; the change is 4.5 of it.
  assert.deepEqual(trend, { direction: 'DIRECTION_FALLING', change: -1_000, error: 224 });
});

test('a repeat changes nothing', () => {
  const customer = customerOf(turn(2, 'a', -0.8));
  take(customer, { id: 's0', source: 'chat', occurredTime: new Date(now).toISOString(), ...turn(0, 'a', 1) }, 'acme');
  assert.equal(contextOf(customer, seconds).sentiment.today.messages, 1);
});

test('a mention counts one and fades by half in seven days', () => {
  const { topOfMind } = contextOf(customerOf(turn(7 * 24, 'a', undefined, { topics: ['pin'] }), turn(0, 'a', undefined, { topics: ['fees'] })), seconds);
  assert.deepEqual(topOfMind.topics.map(({ name, weight }) => [name, weight]), [['fees', 1_000], ['pin', 500]].map(([name, weight]) => [name, nearly(weight, name, topOfMind)]));
});

test('the customer waits from their first turn after an answer', () => {
  const asks = turn(5, 'a');
  const answers = turn(4, 'a', undefined, { role: 'PARTICIPANT_ROLE_AGENT' });
  const { conversations } = contextOf(customerOf(asks, answers, turn(3, 'a'), turn(2, 'a')), seconds);
  assert.equal(conversations[0].waitingSince, now - (3 * hours));
  assert.equal(conversations[0].turns, 4);
});

test('five conversations are kept, and what left still counts', () => {
  const { conversations, sentiment } = contextOf(customerOf(...[6, 5, 4, 3, 2, 1].map((ago) => turn(ago, `c${ago}`, 0.5))), seconds);
  assert.deepEqual(conversations.map(({ id }) => id), ['c1', 'c2', 'c3', 'c4', 'c5']);
  assert.equal(sentiment.today.messages, 6);
});

test('a survey stands above for seven days', () => {
  const survey = (ago) => ({ ago, source: 'survey', survey: { question: 'csat', answer: 1, scaleMinimum: 1, scaleMaximum: 5 } });
  assert.equal(contextOf(customerOf(turn(1, 'a', 1), survey(167)), seconds).sentiment.score, -1_000);
  assert.notEqual(contextOf(customerOf(turn(1, 'a', 1), survey(169)), seconds).sentiment.score, -1_000);
});

test('an empty value takes back what the source said', () => {
  const trait = (ago, value) => ({ ago, source: 'crm', trait: { name: 'please_do_not', value } });
  const { situation } = contextOf(customerOf(trait(5, 'call'), trait(4, ''), trait(3, 'mail')), seconds);
  assert.deepEqual(situation.pleaseDoNot.map(({ value }) => value), ['mail']);
});

/** Mentions are kept in whole thousandths of their week's beginning: at most two thousandths off. */
function nearly(weight, name, { topics }) {
  const found = topics.find((topic) => topic.name === name).weight;
  return Math.abs(found - weight) <= 2 ? found : weight;
}
