// node baselines.mjs INPUT OUTPUT: INPUT has a JSON array of {language, text}; OUTPUT gets what each tool makes of them. A tool that is missing is named with the reason.
import { readFileSync, writeFileSync } from 'node:fs';
import { languageFinder, tools } from './tools.mjs';

const [input, output] = process.argv.slice(2);
const lines = JSON.parse(readFileSync(input, 'utf8'));
const warmUp = 500;

const results = [];
for (const [name, load] of Object.entries(tools)) {
  try {
    const tool = await load();
    const mine = lines.filter((line) => tool.languages.includes(line.language));
    for (const line of mine.slice(0, warmUp)) {
      await tool.score(line.text, line.language);
    }

    const start = process.cpuUsage();
    const scores = [];
    for (const line of lines) {
      scores.push(tool.languages.includes(line.language) ? await tool.score(line.text, line.language) : null);
    }

    results.push({ name, band: tool.band ?? 0, perSecond: mine.length / seconds(start), scores: scores.map((score) => (Number.isFinite(score) ? score : null)) });
  } catch (error) {
    results.push({ name, missing: String(error.message).split('\n')[0] });
  }
}

try {
  const find = await languageFinder();
  lines.slice(0, warmUp).forEach((line) => find(line.text));
  const start = process.cpuUsage();
  const languages = lines.map((line) => find(line.text));
  results.push({ name: 'eld', perSecond: lines.length / seconds(start), languages });
} catch (error) {
  results.push({ name: 'eld', missing: String(error.message).split('\n')[0] });
}

writeFileSync(output, JSON.stringify(results));

function seconds(start) {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}
