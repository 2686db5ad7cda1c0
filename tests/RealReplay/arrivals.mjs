// In which order lines arrive: mostly as things happened, some late, some twice, a few broken.

const delayedShare = 0.03;
const repeatedShare = 0.02;
const brokenShare = 0.0005;

/** Each signal with its line's place in time; repeats are marked. */
export function arrivalsOf(signal, random) {
  const occurred = Date.parse(signal.occurredTime);
  const arrival = random.chance(delayedShare) ? occurred + Math.floor(random.between(0, 3 * 3_600_000)) : occurred;
  const line = JSON.stringify(signal);
  const arrivals = [{ arrival, line, kind: 'signal' }];
  if (random.chance(repeatedShare)) {
    arrivals.push({ arrival: arrival + Math.floor(random.between(0, 6 * 3_600_000)), line, kind: 'repeat' });
  }

  if (random.chance(brokenShare)) {
    arrivals.push({ arrival, line: broken(signal, random), kind: 'broken' });
  }

  return arrivals;
}

/** A line that must be refused, whatever it was before. */
function broken(signal, random) {
  const { id, source, subject, occurredTime } = signal;
  const envelope = { id: `${id}-broken`, source, subject, occurredTime };
  const turn = { conversationId: 'c', channel: 'chat', role: 'PARTICIPANT_ROLE_CUSTOMER', state: 'CONVERSATION_STATE_REPLIED' };
  return random.pick([
    JSON.stringify(signal).slice(0, -9),
    JSON.stringify(envelope),
    JSON.stringify({ ...envelope, conversation: { ...turn, score: 1.5 } }),
    JSON.stringify({ ...envelope, conversation: { ...turn, channel: 'Chat Room' } }),
    JSON.stringify({ ...envelope, id: '', conversation: turn }),
    JSON.stringify({ ...envelope, source: 'fax', conversation: turn }),
    JSON.stringify({ ...envelope, occurredTime: new Date(Date.parse(occurredTime) + (400 * 86_400_000)).toISOString(), conversation: turn }),
    JSON.stringify({ ...envelope, link: 'ftp://acme.example/1', conversation: turn }),
    JSON.stringify({ ...envelope, trait: { name: 'Not a name', value: 'x' } }),
  ]);
}
