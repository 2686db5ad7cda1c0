// What a reader should see of one customer at a minute, by the independent calculation. Numbers in thousandths, times in Unix milliseconds.
import { conversationsOf } from './conversations.mjs';
import { sentimentOf } from './sentiment.mjs';
import { topOfMindOf, topicsOf } from './topics.mjs';
import { situationOf, traitsOf } from './traits.mjs';

/** The four live facets at this Unix second, a whole minute. */
export function contextOf(customer, now) {
  const topics = topicsOf(customer, now);
  const traits = traitsOf(customer, now);
  return {
    sentiment: sentimentOf(customer, topics, now),
    topOfMind: topOfMindOf(topics, traits),
    conversations: conversationsOf(customer),
    situation: situationOf(traits),
  };
}
