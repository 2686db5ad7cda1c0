#!/usr/bin/env node
// node judge.mjs SUMMARY REPLAY: is what the replay counted what the maker put into the file? Exit code 0: yes.
import { readFileSync } from 'node:fs';

const [made, replayed] = process.argv.slice(2).map((file) => JSON.parse(readFileSync(file, 'utf8')));
const refused = Object.values(replayed.refused).reduce((sum, each) => sum + each, 0);

// Only the server's own recent memory tells a repeat from a first time, so the two are judged together.
const agree = replayed.isComplete
  && replayed.customers === made.customers
  && replayed.accepted + replayed.duplicate === made.signals + made.repeats
  && refused === made.broken;
console.log(JSON.stringify({ ...made, accepted: replayed.accepted, duplicate: replayed.duplicate, refused: replayed.refused, seconds: replayed.seconds, perSecond: Math.round(replayed.signals / replayed.seconds), agree }));
process.exitCode = agree ? 0 : 1;
