// Topics: how often the customer named them, fading by half in seven days, and how they feel about each.
import { growth, shown, week, whole } from './numbers.mjs';

const weeksKept = 5;
const correctionSeconds = 90 * 86_400;
const shownTopics = 16;

/** All topics that are not corrected away, heaviest first, then by name. */
export function topicsOf(customer, now) {
  const from = Math.floor(now / week) - weeksKept;
  const byTopic = new Map();
  for (const each of customer.mentions.filter(({ second }) => Math.floor(second / week) > from)) {
    (byTopic.get(each.topic) ?? byTopic.set(each.topic, []).get(each.topic)).push(each);
  }

  return [...byTopic]
    .map(([name, mentions]) => topicOf(name, mentions, now))
    .filter((topic) => topic.weight > 0 && !hidden(customer, topic, now))
    .sort((a, b) => b.weight - a.weight || (a.name < b.name ? -1 : 1));
}

function topicOf(name, mentions, now) {
  const sums = { mentions: 0, score: 0, weight: 0, count: 0 };
  const weeks = new Map();
  for (const { second, observation } of mentions) {
    // As if it had been at the start of its week, in whole thousandths; then faded from there.
    const start = Math.floor(second / week) * week;
    const factor = Math.floor(1_000 * growth(second - start));
    const left = growth(start - now);
    sums.mentions += factor * left;
    if (observation !== undefined) {
      const score = whole(observation.score * observation.weight * factor / 1_000_000);
      sums.weight += Math.floor(observation.weight * factor / 1_000) * left;
      sums.score += score * left;
      weeks.set(Math.floor(second / week), (weeks.get(Math.floor(second / week)) ?? 0) + score);
    }
  }

  const own = shown(sums);
  return {
    name,
    weight: whole(sums.mentions),
    lastSecond: Math.max(...mentions.map(({ second }) => second)),
    score: own.score,
    confidence: own.score === undefined ? undefined : own.confidence,
    weeks,
  };
}

const hidden = ({ topicCorrections }, { name, lastSecond }, now) =>
  topicCorrections.some(({ topic, at }) => topic === name && Math.floor(at / 1_000) + correctionSeconds > now && lastSecond <= Math.floor(at / 1_000));

/** The facet. */
export function topOfMindOf(topics, traits) {
  const best = topics.slice(0, shownTopics);
  const weight = best.reduce((total, each) => total + each.weight, 0);
  const said = (family) => traits.filter(({ name }) => name === family || name.startsWith(`${family}.`)).sort((a, b) => b.at - a.at).map(({ value }) => value);
  const felt = (good) => topics.filter(({ score, confidence }) => confidence > 500 && (good ? score >= 200 : score <= -200)).map(({ name }) => name);
  const first = (names) => [...new Set(names)].slice(0, 16);
  return {
    confidence: best.length === 0 ? undefined : whole((weight * 1_000) / (weight + 1_000)),
    topics: best.map(({ weeks, ...topic }) => topic),
    likes: first([...said('like'), ...felt(true)]),
    dislikes: first([...said('dislike'), ...felt(false)]),
  };
}
