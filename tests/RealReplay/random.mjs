// Random numbers that depend on nothing but a seed and names: customer 7's stream is the same however many customers there are.

/** A stream of numbers, begun by any number of words (FNV-1a over them, then mulberry32). */
export function randomOf(...words) {
  let state = 0x811c9dc5;
  for (const character of words.join('/')) {
    state = Math.imul(state ^ character.codePointAt(0), 0x01000193);
  }

  /** The next number in [0, 1). */
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };

  return {
    next,
    /** True in this share of the cases. */
    chance: (share) => next() < share,
    /** A whole number from 0, below the bound. */
    below: (bound) => Math.floor(next() * bound),
    /** A number of the range. */
    between: (least, most) => least + (next() * (most - least)),
    /** One of them. */
    pick: (items) => items[Math.floor(next() * items.length)],
    /** Roughly normal, mean 0, deviation 1: the sum of twelve even ones. */
    normal: () => Array.from({ length: 12 }, next).reduce((sum, each) => sum + each, -6),
  };
}
