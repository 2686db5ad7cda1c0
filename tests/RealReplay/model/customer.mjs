// One customer: the signals as they arrived, and what is kept of them. Nothing is summed before it is asked for.
import { takeConversation } from './conversations.mjs';
import { observationOf } from './observations.mjs';
import { takeTrait } from './traits.mjs';

/** Nobody yet. */
export const newCustomer = () => ({
  seen: new Set(),
  /** True if a text came that only the product can score: then this model knows neither feelings nor topics. */
  hasText: false,
  /** What counts in the buckets: of conversations one a day, of surveys one an answer. */
  tallies: [],
  /** Every score: when and of what provenance. */
  heard: [],
  /** The five conversations with the latest turns. */
  conversations: [],
  mentions: [],
  traits: [],
  surveys: [],
  corrections: [],
  topicCorrections: [],
  upstream: [],
});

/** Takes one well-formed signal in the order of arrival; a repeat changes nothing. */
export function take(customer, signal, tenant) {
  const source = `${tenant}/${signal.source}`;
  const key = `${source} ${signal.id}`;
  if (customer.seen.has(key)) {
    return;
  }

  customer.seen.add(key);
  const at = Date.parse(signal.occurredTime);
  const found = observationOf(signal);
  customer.hasText ||= found?.unknown === true;
  const observation = found?.unknown ? undefined : found;
  const event = { source, at, second: Math.floor(at / 1_000), observation, link: signal.link };
  if (observation !== undefined) {
    customer.heard.push({ second: event.second, provenance: observation.provenance });
  }

  const { conversation, survey, trait, correction } = signal;
  if (conversation !== undefined) {
    takeConversation(customer, event, conversation);
  } else if (survey !== undefined) {
    takeSurvey(customer, event, survey);
  } else if (trait !== undefined) {
    takeTrait(customer, { source, at, name: trait.name, value: trait.value ?? '', corrects: false });
  } else {
    takeCorrection(customer, event, correction);
  }
}

/** The customer's mention of topics. */
export function mention(customer, { source, second, observation }, topics) {
  for (const topic of new Set(topics)) {
    customer.mentions.push({ source, second, topic, observation });
  }
}

function takeSurvey(customer, event, survey) {
  const { score, weight } = event.observation;
  customer.tallies.push({ source: event.source, score, weight, count: 1, latest: event.second });
  customer.surveys.push({ source: event.source, at: event.at, score });
  mention(customer, event, survey.topics ?? []);
}

function takeCorrection(customer, { source, at }, { sentimentScore, topic, trait }) {
  if (trait !== undefined) {
    takeTrait(customer, { source, at, name: trait.name, value: trait.value ?? '', corrects: true });
  } else if (topic !== undefined) {
    customer.topicCorrections.push({ source, at, topic: topic.topic });
  } else {
    customer.corrections.push({ source, at, score: sentimentScore });
  }
}
