// Conversations: the five with the latest turns, eight turns each, and what each weighs a day.
import { mention } from './customer.mjs';
import { day, shown, sum, whole } from './numbers.mjs';

const most = 5;
const turnsKept = 8;
const daysKept = 16;
const answering = ['ANSWERED', 'CLOSED', 'THANKED'].map((state) => `CONVERSATION_STATE_${state}`);

/** Takes a turn. */
export function takeConversation(customer, event, said) {
  const customers = said.role === 'PARTICIPANT_ROLE_CUSTOMER';
  if (customers) {
    mention(customer, event, said.topics ?? []);
  }

  if (said.upstreamScore !== undefined) {
    customer.upstream.push({ source: event.source, at: event.at, ...said.upstreamScore });
  }

  let conversation = customer.conversations.find((each) => each.source === event.source && each.id === said.conversationId);
  if (conversation === undefined) {
    conversation = { source: event.source, id: said.conversationId, turns: [], days: [], linkAt: -1, topicsAt: -1, topics: [], latestAt: -1 };
    customer.conversations.push(conversation);
  }

  tally(customer, conversation, event);
  describe(conversation, event, said);
  conversation.turns.push({ at: event.at, role: said.role, state: said.state, observation: event.observation });
  conversation.turns.sort((a, b) => a.at - b.at);
  conversation.turns.splice(0, conversation.turns.length - turnsKept);

  customer.conversations.sort((a, b) => b.latestAt - a.latestAt);
  customer.conversations.splice(most);
}

/** Adds to the day's tally; a conversation that left and came back begins anew. */
function tally(customer, conversation, { source, second, observation }) {
  if (observation === undefined) {
    return;
  }

  const number = Math.floor(second / day);
  let tallied = conversation.days.find((each) => each.day === number);
  if (tallied === undefined) {
    tallied = { source, day: number, rawScore: 0, rawWeight: 0, count: 0, latest: 0, capped: true };
    conversation.days.push(tallied);
    conversation.days.sort((a, b) => a.day - b.day);
    conversation.days.splice(0, conversation.days.length - daysKept);
    customer.tallies.push(tallied);
  }

  tallied.rawScore += whole((observation.score * observation.weight) / 1_000);
  tallied.rawWeight += observation.weight;
  tallied.count++;
  tallied.latest = Math.max(tallied.latest, second);
  const over = tallied.rawWeight > 1_000;
  tallied.score = over ? whole((tallied.rawScore * 1_000) / tallied.rawWeight) : tallied.rawScore;
  tallied.weight = over ? 1_000 : tallied.rawWeight;
}

function describe(conversation, { at, link }, said) {
  if (at > conversation.latestAt) {
    conversation.latestAt = at;
    conversation.channel = said.channel;
    conversation.state = said.state;
    conversation.counterparties = said.counterparties ?? [];
  }

  if (at > conversation.topicsAt && said.topics?.length > 0) {
    conversation.topicsAt = at;
    conversation.topics = [...new Set(said.topics)];
  }

  if (at > conversation.linkAt && link !== undefined) {
    conversation.linkAt = at;
    conversation.link = link;
  }
}

/** The facet, newest first. */
export function conversationsOf(customer) {
  return customer.conversations.map((conversation) => {
    const own = shown({
      score: sum(conversation.days, (each) => each.rawScore),
      weight: sum(conversation.days, (each) => each.rawWeight),
      count: sum(conversation.days, (each) => each.count),
    });
    return {
      id: conversation.id,
      source: conversation.source,
      channel: conversation.channel,
      counterparties: conversation.counterparties.map(({ role }) => role),
      topics: conversation.topics,
      state: conversation.state,
      waitingSince: waitingSince(conversation.turns),
      last: conversation.latestAt,
      turns: conversation.turns.length,
      link: conversation.link,
      score: own.score,
      confidence: own.score === undefined ? undefined : own.confidence,
    };
  });
}

/** Links of conversations that have a scored turn, the latest conversation first. */
export function evidenceOf(customer) {
  return customer.conversations
    .filter(({ link, turns }) => link !== undefined && turns.some(({ observation }) => observation !== undefined))
    .map(({ link, source, linkAt }) => ({ link, source, at: linkAt }));
}

/** The first of the customer's turns after the last that answers; undefined if there is none. */
function waitingSince(turns) {
  const answered = turns.findLastIndex(({ role, state }) => role === 'PARTICIPANT_ROLE_AGENT' || answering.includes(state));
  return turns.slice(answered + 1).find(({ role }) => role === 'PARTICIPANT_ROLE_CUSTOMER')?.at;
}
