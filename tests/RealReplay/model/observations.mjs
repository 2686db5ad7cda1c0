// What a signal says about feelings: a score and a weight in thousandths, or nothing.
import { thousandths } from './numbers.mjs';

/** Undefined for what is not the customer's, not scored, or surer than nothing by less than 0.2. `unknown` for text, which only the product scores. */
export function observationOf({ conversation, survey }) {
  if (survey !== undefined) {
    const { answer, scaleMinimum = 0, scaleMaximum } = survey;
    return observation((2 * (answer - scaleMinimum) / (scaleMaximum - scaleMinimum)) - 1, 1, 'DECLARED');
  }

  if (conversation === undefined || conversation.role !== 'PARTICIPANT_ROLE_CUSTOMER') {
    return undefined;
  }

  if (conversation.text !== undefined) {
    return { unknown: true };
  }

  return conversation.score === undefined ? undefined : observation(conversation.score, conversation.confidence ?? 1, 'OBSERVED');
}

function observation(score, confidence, provenance) {
  const weight = thousandths(confidence);
  return weight < 200 ? undefined : { score: thousandths(score), weight, provenance };
}
