// One customer's signals, made of a history of real messages. Pure: the same history, names and seed give the same signals.
import { attributesOf } from './attributes.mjs';

const quietSeconds = 3 * 86_400;
const channels = { chat: ['chat', 'forum'], crm: ['phone', 'e-mail'] };

/** Signals in the JSON form of customercontext.v1.Signal, oldest first, each at a millisecond of its own. */
export function signalsOf({ person, history, newest, input, friendNames, random }) {
  const writesText = random.chance(0.15);
  const mood = moodOf(history, random);
  const topics = Array.from({ length: 12 }, () => random.pick(input.topics));
  const last = history[history.length - 1].second;
  const signals = threads(history).flatMap((thread, number) => {
    const source = thread[0].other % 5 < 3 ? 'chat' : 'crm';
    const common = { number, source, channel: channels[source][thread[0].other % 2], topic: random.pick(topics) };
    return thread.map((message, place) => turn({ message, place, thread, common, mood, writesText, topics, input, friendNames, random, at: newest - ((last - message.second) * 1_000) }));
  });
  signals.push(...attributesOf({ newest, mood: mood(last), topics, random }));

  return distinct(signals).map(({ at, ...signal }, number) => ({
    id: `${person.name}-${number}`,
    subject: { email: person.email },
    occurredTime: new Date(at).toISOString(),
    ...signal,
  }));
}

/** Messages with one other person without a long silence are one conversation. */
function threads(history) {
  const open = new Map();
  const all = [];
  for (const message of history) {
    let thread = open.get(message.other);
    if (thread === undefined || message.second - thread[thread.length - 1].second > quietSeconds) {
      all.push(thread = []);
      open.set(message.other, thread);
    }

    thread.push(message);
  }

  return all;
}

function turn({ message, place, thread, common, mood, writesText, topics, input, friendNames, random, at }) {
  const id = `${common.channel}-${thread[0].other}-${common.number}`;
  return {
    at,
    source: common.source,
    ...(random.chance(0.4) && { link: `https://${common.source}.acme.example/${id}/${place}` }),
    conversation: {
      conversationId: id,
      channel: common.channel,
      role: message.wrote ? 'PARTICIPANT_ROLE_CUSTOMER' : 'PARTICIPANT_ROLE_AGENT',
      counterparties: counterparties(common.channel, friendNames, random),
      topics: place === 0 || random.chance(0.3) ? [common.topic, ...(random.chance(0.2) ? [random.pick(topics)] : [])] : [],
      state: `CONVERSATION_STATE_${stateOf(message, place, thread, random)}`,
      ...(message.wrote && contentOf(mood(message.second), writesText, input, random)),
      ...(message.wrote && random.chance(0.04) && { upstreamScore: { value: random.below(101), minimum: 0, maximum: 100 } }),
    },
  };
}

function stateOf(message, place, thread, random) {
  if (place === 0) {
    return 'OPENED';
  }

  if (place < thread.length - 1 || random.chance(0.3)) {
    return 'REPLIED';
  }

  return message.wrote ? random.pick(['THANKED', 'CLOSED', 'REPLIED']) : random.pick(['ANSWERED', 'CLOSED']);
}

function counterparties(channel, friendNames, random) {
  return channel === 'forum' && friendNames.length > 0
    ? [{ role: 'PARTICIPANT_ROLE_CUSTOMER', subject: { email: random.pick(friendNames) } }, { role: 'PARTICIPANT_ROLE_OTHER' }]
    : [{ role: 'PARTICIPANT_ROLE_AGENT' }];
}

/** A real rating near the customer's mood; or a real text; or nothing. */
function contentOf(target, writesText, input, random) {
  if (random.chance(0.05)) {
    return {};
  }

  if (writesText && random.chance(0.3)) {
    const { text, language } = random.pick(input.texts);
    return { text, ...(random.chance(0.5) && { language }) };
  }

  const { ratings } = input;
  let place = ratings.findIndex(({ score }) => score >= target);
  place = (place < 0 ? ratings.length : place) + Math.floor(random.normal() * ratings.length / 12);
  const { score, confidence } = ratings[Math.max(0, Math.min(ratings.length - 1, place))];
  return { score, ...(confidence !== undefined && { confidence }) };
}

/** Mood by second: everybody's own level, slow waves, and for a third a jump in the last days, so that trends and change points come about. */
function moodOf(history, random) {
  const last = history[history.length - 1].second;
  const level = random.between(-0.4, 0.5);
  const phase = random.between(0, 7);
  const jump = random.chance(0.35) ? { from: last - random.between(0.3, 5) * 86_400, by: random.pick([-0.9, 0.9]) } : { from: Infinity, by: 0 };
  return (second) => level + (0.15 * Math.sin((second / (9 * 86_400)) + phase)) + (second >= jump.from ? jump.by : 0);
}

/** By time, no two at one millisecond: who comes first among equals is another test's matter. */
function distinct(signals) {
  let before = 0;
  return signals
    .map((signal, place) => ({ signal, place }))
    .sort((a, b) => a.signal.at - b.signal.at || a.place - b.place)
    .map(({ signal }) => {
      before = Math.max(signal.at, before + 1);
      return { ...signal, at: before };
    });
}
