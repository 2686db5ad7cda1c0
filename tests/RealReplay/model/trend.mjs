// Where the score is heading, and on which days it jumped.
import { day, hour, mean, total, whole } from './numbers.mjs';

/** The last 24 hours against today and the 8 days before, less those hours. */
export function trendOf(tallies, now) {
  const lastHour = Math.floor(now / hour);
  const today = Math.floor(now / day);
  const recent = total(tallies.filter(({ latest }) => within(latest, hour, lastHour - 24, lastHour)));
  const all = total(tallies.filter(({ latest }) => within(latest, day, today - 9, today)));
  const before = { score: all.score - recent.score, weight: all.weight - recent.weight };
  if (recent.weight < 1_000 || before.weight < 1_000) {
    return { direction: 'DIRECTION_UNKNOWN' };
  }

  const found = compare(recent, before);
  const direction = !found.passes(2) ? 'STEADY' : found.exact > 0 ? 'RISING' : 'FALLING';
  return { direction: `DIRECTION_${direction}`, change: found.change, error: found.error };
}

/** The whole days of the last 7 that differ from the 7 before each by at least 3 errors, newest first. */
export function changesOf(tallies, topics, now) {
  const today = Math.floor(now / day);
  return [1, 2, 3, 4, 5, 6, 7].flatMap((ago) => {
    const number = today - ago;
    const one = total(tallies.filter(({ latest }) => within(latest, day, number - 1, number)));
    const before = total(tallies.filter(({ latest }) => within(latest, day, number - 8, number - 1)));
    if (one.weight < 1_000 || before.weight < 1_000) {
      return [];
    }

    const found = compare(one, before);
    return found.passes(3)
      ? [{ day: number * day * 1_000, change: found.change, error: found.error, topic: most(topics, Math.floor(number * day / (7 * day)), Math.sign(found.exact)) }]
      : [];
  });
}

/** The topic whose own sum of that week goes farthest that way. */
function most(topics, ofWeek, sign) {
  const [best] = topics
    .map(({ name, weeks }) => ({ name, amount: sign * (weeks.get(ofWeek) ?? 0) }))
    .filter(({ amount }) => amount > 0)
    .sort((a, b) => b.amount - a.amount);
  return best?.name;
}

const within = (second, unit, after, last) => Math.floor(second / unit) > after && Math.floor(second / unit) <= last;

/** Difference of two means with the error of 0.5 a message that chance explains. */
function compare(one, other) {
  const exact = ((one.score * other.weight) - (other.score * one.weight)) / (one.weight * other.weight);
  const error = 0.5 * Math.sqrt((1_000 / one.weight) + (1_000 / other.weight));
  const tiny = 1e-12;
  return {
    exact,
    change: whole((1_000 * ((one.score * other.weight) - (other.score * one.weight))) / (one.weight * other.weight)),
    error: whole(error * 1_000),
    passes: (errors) => Math.abs(exact) >= 0.2 - tiny && Math.abs(exact) >= (errors * error) - tiny,
  };
}
