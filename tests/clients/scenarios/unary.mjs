import assert from 'node:assert/strict';
import { agent, call, client, lookup, turn } from '../silo.mjs';

const published = await call(client('SignalService'), 'publishSignals', { signals: [turn('unary-1')] }, agent());
assert.equal(published.results[0].outcome, 'SIGNAL_OUTCOME_ACCEPTED');
assert.equal(published.results[0].signalId, 'unary-1');

const answer = await call(client('ContextService'), 'getContext', lookup(), agent());
assert.ok(answer.disclosureId.length > 0);
assert.ok(answer.context.conversations.latest.some(one => one.conversationId === 'node' && one.channel === 'chat'));
assert.ok(answer.context.sentiment.messageCount >= 1);
