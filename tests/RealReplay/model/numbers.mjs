// Arithmetic as docs/numbers.md words it: whole thousandths, halves away from zero.

export const hour = 3_600;
export const day = 86_400;
export const week = 604_800;

/** The nearest whole number, halves away from zero. */
export function whole(value) {
  const size = Math.abs(value);
  const below = Math.floor(size);
  const rounded = size - below >= 0.5 ? below + 1 : below;
  return rounded === 0 ? 0 : Math.sign(value) * rounded;
}

export const thousandths = (value) => whole(value * 1_000);

/** What a half-life of seven days makes of so many seconds ahead. */
export const growth = (seconds) => 2 ** (seconds / week);

export const sum = (items, of) => items.reduce((total, item) => total + of(item), 0);

/** N / (D + w0) and D / (D + w0); no score below half an average message. */
export const shown = ({ score, weight, count }) => ({
  score: weight < 500 ? undefined : whole((score * 1_000) / (weight + 1_000)),
  confidence: whole((weight * 1_000) / (weight + 1_000)),
  messages: count,
});

export const mean = ({ score, weight }) => whole((score * 1_000) / weight);

/** The sums of what contributes. */
export const total = (contributions) => ({
  score: sum(contributions, (each) => each.score),
  weight: sum(contributions, (each) => each.weight),
  count: sum(contributions, (each) => each.count),
});
