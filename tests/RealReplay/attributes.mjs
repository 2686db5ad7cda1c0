// What a customer's signals hold beside conversations: traits, survey answers and corrections.

const day = 86_400_000;
const values = {
  wanted_outcome: ['refund', 'replacement', 'explanation', 'call-back'],
  please_do_not: ['call-before-10', 'send-offers', 'transfer-me', 'ask-for-the-order-again'],
  situation: ['moving-house', 'travelling', 'new-phone', 'waiting-for-delivery'],
  open_case: ['case-1017', 'case-2044', 'case-3001'],
  support_tier: ['basic', 'plus', 'gold'],
  contact_preference: ['e-mail', 'phone', 'chat'],
  like: ['self-service', 'short-answers', 'contactless'],
  dislike: ['queues', 'phone-menus', 'paper'],
  'x-acme.segment': ['young-family', 'student', 'retired'],
  'x-acme.app': ['ios', 'android'],
};
const several = new Set(['please_do_not', 'open_case', 'like', 'dislike']);

/** With `at`, the millisecond they happen; none later than `newest`. */
export function attributesOf({ newest, mood, topics, random }) {
  const at = (days) => newest - Math.floor(random.between(0, days) * day);
  return [...traits(at, random), ...surveys(at, mood, topics, random), ...corrections(at, topics, random)];
}

function traits(at, random) {
  return Object.entries(values).filter(([name]) => name === 'support_tier' || random.chance(0.35)).flatMap(([name, choice]) => {
    const times = 1 + (random.chance(0.4) ? random.below(3) : 0);
    const said = Array.from({ length: times }, () => trait(at(120), name, random.pick(choice), several.has(name) ? 'crm' : random.pick(['crm', 'crm', 'chat'])));
    return random.chance(0.06) ? [...said, trait(at(60), name, '', 'crm')] : said;
  });
}

const trait = (at, name, value, source) => ({ at, source, trait: { name, value } });

/** Answers follow the mood, on the two scales that are usual. */
function surveys(at, mood, topics, random) {
  return Array.from({ length: random.chance(0.5) ? 1 + random.below(3) : 0 }, () => {
    const [question, least, most] = random.pick([['csat', 1, 5], ['nps', 0, 10]]);
    const share = Math.max(0, Math.min(1, ((mood + (0.3 * random.normal())) + 1) / 2));
    return {
      at: at(random.chance(0.4) ? 6 : 60),
      source: 'survey',
      survey: { question, answer: least + Math.round(share * (most - least)), scaleMinimum: least, scaleMaximum: most, topics: random.chance(0.6) ? [random.pick(topics)] : [] },
    };
  });
}

/** An agent's: the headline score, a topic that is not on the customer's mind, a trait. */
function corrections(at, topics, random) {
  return [
    ...(random.chance(0.04) ? [{ at: at(100), source: 'crm', correction: { sentimentScore: Number(random.between(-1, 1).toFixed(3)) } }] : []),
    ...(random.chance(0.04) ? [{ at: at(30), source: 'crm', correction: { topic: { topic: random.pick(topics) } } }] : []),
    ...(random.chance(0.04) ? [{ at: at(90), source: 'crm', correction: { trait: { name: 'situation', value: random.pick(values.situation) } } }] : []),
    ...(random.chance(0.02) ? [{ at: at(90), source: 'crm', correction: { trait: { name: 'support_tier', value: random.pick(['', 'gold']) } } }] : []),
  ];
}
