// Traits: whose word on what holds.

const several = new Set(['please_do_not', 'open_case', 'like', 'dislike']);
const correctionMilliseconds = 90 * 86_400_000;

/** Keeps everything that was said; what holds is worked out when asked for. */
export function takeTrait(customer, trait) {
  customer.traits.push(trait);
}

/** The traits that hold, by (name, value). */
export function traitsOf({ traits }, now) {
  const names = [...new Set(traits.map(({ name }) => name))].sort();
  return names.flatMap((name) => several.has(name) ? holdingSeveral(traits.filter((each) => each.name === name)) : holdingOne(traits.filter((each) => each.name === name), now));
}

/** Each source's latest word; an agent's correction wins while it stands. */
function holdingOne(said, now) {
  const words = [...new Set(said.map(({ source }) => source))].map((source) => latest(said.filter((each) => each.source === source)));
  const corrections = words.filter(({ corrects, at }) => corrects && at + correctionMilliseconds > now * 1_000);
  if (corrections.length > 0) {
    const word = latest(corrections);
    return word.value === '' ? [] : [word];
  }

  const others = words.filter(({ value }) => value !== '');
  return others.length === 0 ? [] : [latest(others)];
}

/** Each value that a source said after it last took all of them back. */
function holdingSeveral(said) {
  const holding = [...new Set(said.map(({ source }) => source))].flatMap((source) => {
    const words = said.filter((each) => each.source === source);
    const takenBack = Math.max(-1, ...words.filter(({ value }) => value === '').map(({ at }) => at));
    return words.filter(({ value, at }) => value !== '' && at > takenBack);
  });
  return [...new Set(holding.map(({ value }) => value))].sort().map((value) => latest(holding.filter((each) => each.value === value)));
}

const latest = (words) => words.reduce((best, each) => (each.at > best.at ? each : best));

/** The facet SITUATION. */
export function situationOf(traits) {
  const told = traits.map(({ corrects, ...trait }) => trait);
  const newest = (name) => told.filter((each) => each.name === name).sort((a, b) => b.at - a.at);
  const known = ['wanted_outcome', 'please_do_not', 'situation', 'open_case', 'support_tier', 'contact_preference', 'like', 'dislike'];
  return {
    wantedOutcome: newest('wanted_outcome')[0],
    pleaseDoNot: newest('please_do_not'),
    currentSituation: newest('situation')[0],
    openCases: newest('open_case'),
    supportTier: newest('support_tier')[0],
    contactPreference: newest('contact_preference')[0],
    otherTraits: told.filter(({ name }) => !known.includes(name)),
  };
}
