// Reads the folder of real data. What comes from where is told in README.md.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const languages = ['de', 'es', 'fr', 'it', 'nl', 'pt'];
const rated = ['tweets', 'amazon', 'movie', 'nyt'];

/** True if the folder is there. */
export const isReal = (folder) => existsSync(join(folder, 'social', 'ego_facebook_edges.txt'));

/** People's friends, people's messages, rated texts, unrated texts, topics. */
export function readReal(folder) {
  return {
    friends: readFriends(rows(folder, 'social/ego_facebook_edges.txt')),
    histories: readHistories(rows(folder, 'social/college_messages.txt')),
    ratings: rated.flatMap((name) => lines(folder, `text/vader_${name}.jsonl`)).map(JSON.parse).map(ratingOf).sort((a, b) => a.score - b.score),
    texts: languages.flatMap((name) => lines(folder, `text/xed_${name}.jsonl`)).map(JSON.parse).map(({ lang, text }) => ({ language: lang, text: clean(text) })),
    topics: readTopics(lines(folder, 'support/banking77_train.csv')),
  };
}

/** A human rating as a sender's score: mean / 4, and a confidence of 1 / (1 + deviation^2); absent (which means 1) if the deviation is unknown. */
export function ratingOf({ valence, sd }) {
  return { score: Math.max(-1, Math.min(1, valence / 4)), confidence: sd < 0 ? undefined : Number((1 / (1 + (sd * sd))).toFixed(4)) };
}

function readFriends(pairs) {
  const friends = new Map();
  for (const [one, other] of pairs) {
    for (const [person, friend] of [[one, other], [other, one]]) {
      (friends.get(person) ?? friends.set(person, []).get(person)).push(friend);
    }
  }

  return friends;
}

/** What each person wrote and got, oldest first; only people who wrote something, the liveliest first. */
function readHistories(messages) {
  const histories = new Map();
  for (const [from, to, second] of messages) {
    for (const [person, other] of [[from, to], [to, from]]) {
      (histories.get(person) ?? histories.set(person, []).get(person)).push({ second, other, wrote: person === from });
    }
  }

  return [...histories.values()]
    .filter((history) => history.some(({ wrote }) => wrote))
    .map((history) => history.sort((a, b) => a.second - b.second))
    .sort((a, b) => b.length - a.length);
}

function readTopics(csv) {
  const intents = csv.slice(1).map((line) => /,([A-Za-z_?]+)$/.exec(line)?.[1]).filter((intent) => intent !== undefined);
  return [...new Set(intents.map((intent) => intent.toLowerCase().replaceAll('_', '-').replaceAll('?', '')))].filter((topic) => topic.length <= 40).sort();
}

// Some lines hold control characters or broken ones, which the contract refuses.
const clean = (text) => text.replace(/[\p{Cc}\uFFFD]/gu, ' ').trim().slice(0, 1000) || 'ok';

const lines = (folder, name) => readFileSync(join(folder, name), 'utf8').split(/\r?\n/).filter((line) => line !== '');

const rows = (folder, name) => lines(folder, name).slice(1).map((line) => line.split(' ').map(Number));
