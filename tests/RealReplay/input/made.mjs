// Stands in for the folder of real data where it is absent: the same shape, made up.
import { randomOf } from '../random.mjs';

const day = 86_400;

/** As readReal gives it: a ring of people with chords, bursts of messages over half a year, ratings, texts, topics. */
export function readMade(seed, people = 400) {
  const random = randomOf(seed, 'made');
  const friends = new Map(Array.from({ length: people }, (_, person) =>
    [person, [1, 2, 7].flatMap((step) => [(person + step) % people, (person + people - step) % people])]));
  const ratings = Array.from({ length: 500 }, () => ({
    score: Number(random.between(-0.9, 0.9).toFixed(4)),
    confidence: random.chance(0.1) ? undefined : Number(random.between(0.15, 0.9).toFixed(4)),
  })).sort((a, b) => a.score - b.score);

  return {
    friends,
    histories: Array.from({ length: people / 2 }, () => history(random)).sort((a, b) => b.length - a.length),
    ratings,
    texts: [
      { language: 'nl', text: 'Dit werkt helemaal niet, en ik wacht al een week.' },
      { language: 'de', text: 'Danke, jetzt geht es wieder.' },
      { language: 'fr', text: "Je n'ai toujours pas de réponse." },
    ],
    topics: Array.from({ length: 40 }, (_, i) => `topic-${i}`),
  };
}

function history(random) {
  const messages = [];
  let second = 1_000_000_000;
  const wanted = Math.ceil(4 / (random.next() + 0.01));
  while (messages.length < wanted) {
    const other = random.below(9);
    second += Math.floor(random.between(0.01, 4) * day);
    for (let turn = random.below(6); turn >= 0; turn--) {
      messages.push({ second, other, wrote: turn % 2 === 0 || messages.length === 0 });
      second += random.below(3_600);
    }
  }

  return messages;
}
