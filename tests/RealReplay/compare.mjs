// Compares what was answered with what was worked out.

const ofTexts = [/^sentiment(\.|$)/, /^topOfMind(\.|$)/, /^conversations\.\d+\.(score|confidence|link|topics)(\.|$)/];

/** Every place that differs, as "path: expected X, answered Y". With `exceptTexts`, what only the product can take from a text is left out. */
export function differences(expected, answered, exceptTexts) {
  const found = [];
  walk('', expected, answered);
  return found;

  function walk(path, one, other) {
    if (exceptTexts && ofTexts.some((each) => each.test(path))) {
      return;
    }

    if (isObject(one) && isObject(other)) {
      for (const key of new Set([...Object.keys(one), ...Object.keys(other)])) {
        walk(path === '' ? key : `${path}.${key}`, one[key], other[key]);
      }
    } else if (one !== other) {
      found.push(`${path}: expected ${JSON.stringify(one)}, answered ${JSON.stringify(other)}`);
    }
  }
}

const isObject = (value) => typeof value === 'object' && value !== null;

/** Which of the facets compared say something: a score (now, or the last one known), a topic, a conversation, a trait. */
export const presence = ({ sentiment, topOfMind, conversations, situation }, exceptTexts) => ({
  ...(!exceptTexts && { SENTIMENT: sentiment?.score !== undefined || sentiment?.lastKnown !== undefined }),
  TOP_OF_MIND: topOfMind?.topics.length > 0,
  CONVERSATIONS: conversations?.length > 0,
  SITUATION: situation !== undefined && Object.values(situation).flat().some((trait) => trait !== undefined),
});
