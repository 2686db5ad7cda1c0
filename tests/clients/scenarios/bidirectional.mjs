import assert from 'node:assert/strict';
import { once } from 'node:events';
import { agent, client, turn } from '../silo.mjs';

const count = 40;
const stream = client('SignalService').streamSignals(agent());
const answers = [];
stream.on('data', answer => answers.push(answer));
for (let sequence = 1; sequence <= count; sequence++) {
  stream.write({ sequence, signals: [turn(`duplex-${sequence}`), turn(`duplex-${sequence}`)] });
}
stream.end();
await once(stream, 'end');

assert.deepEqual(answers.map(answer => answer.sequence), Array.from({ length: count }, (_, i) => i + 1));
for (const answer of answers) {
  assert.deepEqual(answer.results.map(result => result.outcome), ['SIGNAL_OUTCOME_ACCEPTED', 'SIGNAL_OUTCOME_DUPLICATE']);
}
