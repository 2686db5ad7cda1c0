// How the customer feels: horizons, what stands above them, and what they are made of.
import { evidenceOf } from './conversations.mjs';
import { day, growth, hour, mean, shown, sum, thousandths, total, week } from './numbers.mjs';
import { changesOf, trendOf } from './trend.mjs';

const stands = { AUTHOR_SURVEY: 7 * day, AUTHOR_AGENT: 90 * day };

/** The facet at a second. */
export function sentimentOf(customer, topics, now) {
  const { tallies, heard } = customer;
  const override = overrideOf(customer, now);
  const weekly = weekOf(tallies, now);
  const score = override?.score ?? weekly.score;
  return {
    score,
    confidence: heard.length === 0 && override === undefined ? undefined : override === undefined ? weekly.confidence : 1_000,
    provenance: provenanceOf(heard, override, now),
    word: wordOf(score),
    messages: weekly.messages,
    lastEvidence: heard.length === 0 ? undefined : Math.max(...heard.map(({ second }) => second)) * 1_000,
    today: shown(total(numbered(tallies, hour, Math.floor(now / hour) - 24, Math.floor(now / hour)))),
    week: weekly,
    usual: shown(total(numbered(tallies, week, Math.floor(now / week) - 12, Math.floor(now / week)))),
    lastKnown: score === undefined ? lastKnownOf(tallies, now) : undefined,
    trend: trendOf(tallies, now),
    changes: changesOf(tallies, topics, now),
    sparkline: sparklineOf(tallies, now),
    evidence: evidenceOf(customer),
    override: override && { author: override.author, at: override.at, until: override.until },
    upstream: upstreamOf(customer),
  };
}

const numbered = (tallies, unit, after, last) => tallies.filter(({ latest }) => Math.floor(latest / unit) > after && Math.floor(latest / unit) <= last);

/** 35 days, each fading from its end on by half in seven days. */
function weekOf(tallies, now) {
  const today = Math.floor(now / day);
  const days = numbered(tallies, day, today - 35, today).map((each) => {
    const age = Math.max(0, now - ((Math.floor(each.latest / day) + 1) * day));
    return { score: each.score * growth(-age), weight: each.weight * growth(-age), count: each.count };
  });
  return shown(total(days));
}

function overrideOf({ surveys, corrections }, now) {
  const words = [
    ...surveys.map(({ at, score }) => ({ author: 'AUTHOR_SURVEY', at, score })),
    ...corrections.map(({ at, score }) => ({ author: 'AUTHOR_AGENT', at, score: thousandths(score) })),
  ].map((word) => ({ ...word, until: (Math.floor(word.at / 1_000) + stands[word.author]) * 1_000 })).filter(({ until }) => until > now * 1_000);
  return words.sort((a, b) => (a.author === b.author ? b.at - a.at : a.author === 'AUTHOR_SURVEY' ? -1 : 1))[0];
}

function provenanceOf(heard, override, now) {
  if (override !== undefined) {
    return override.author === 'AUTHOR_AGENT' ? 'PROVENANCE_OBSERVED' : 'PROVENANCE_DECLARED';
  }

  const found = new Set(heard.filter(({ second }) => Math.floor(second / day) > Math.floor(now / day) - 35).map(({ provenance }) => provenance));
  const weakest = ['INFERRED', 'OBSERVED', 'DECLARED'].find((each) => found.has(each));
  return weakest && `PROVENANCE_${weakest}`;
}

function wordOf(score) {
  const word = score === undefined ? 'NOT_KNOWN' : score >= 200 ? 'CONTENT' : score <= -200 ? 'UNHAPPY' : 'MIXED';
  return `SENTIMENT_WORD_${word}`;
}

function lastKnownOf(tallies, now) {
  const today = Math.floor(now / day);
  const days = numbered(tallies, day, today - 35, today);
  if (days.length > 0) {
    const number = Math.max(...days.map(({ latest }) => Math.floor(latest / day)));
    return { score: mean(total(numbered(days, day, number - 1, number))), at: number * day * 1_000 };
  }

  const thisWeek = Math.floor(now / week);
  const weeks = numbered(tallies, week, thisWeek - 26, thisWeek);
  if (weeks.length === 0) {
    return undefined;
  }

  const number = Math.max(...weeks.map(({ latest }) => Math.floor(latest / week)));
  return { score: mean(total(numbered(weeks, week, number - 1, number))), at: (((number + 1) * week) - day) * 1_000 };
}

function sparklineOf(tallies, now) {
  const today = Math.floor(now / day);
  const days = Array.from({ length: 14 }, (_, place) => {
    const number = today - 13 + place;
    const sums = total(numbered(tallies, day, number - 1, number));
    return { day: number * day * 1_000, score: sums.weight === 0 ? undefined : mean(sums), messages: sums.count };
  });
  return sum(days, ({ messages }) => messages) === 0 ? [] : days;
}

/** The latest of each source. */
function upstreamOf({ upstream }) {
  const sources = [...new Set(upstream.map(({ source }) => source))].sort();
  return sources.map((source) => upstream.filter((each) => each.source === source).reduce((best, each) => (each.at > best.at ? each : best)));
}
