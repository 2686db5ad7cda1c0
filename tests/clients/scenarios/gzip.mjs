import assert from 'node:assert/strict';
import { agent, call, client, grpc, turn } from '../silo.mjs';

// Compressed on the way there; whatever comes back is understood.
const signals = client('SignalService', {
  'grpc.default_compression_algorithm': grpc.compressionAlgorithms.gzip,
  'grpc.default_compression_level': 2,
});
const many = Array.from({ length: 200 }, (_, i) => turn(`gzip-${i}`));
const answer = await call(signals, 'publishSignals', { signals: many }, agent());
assert.equal(answer.results.length, many.length);
assert.ok(answer.results.every(result => result.outcome === 'SIGNAL_OUTCOME_ACCEPTED'));
