// The product's answer (protobuf JSON of GetContextResponse) in the words of the model: thousandths and Unix milliseconds, absent is undefined.
import { thousandths } from './model/numbers.mjs';

const number = (value) => (value === undefined ? undefined : thousandths(Number(value)));
const time = (value) => (value === undefined ? undefined : Date.parse(value));
const list = (values, of) => (values ?? []).map(of);

/** The four live facets; one that is withheld is undefined. */
export const factsOf = ({ sentiment, topOfMind, conversations, situation }) => ({
  sentiment: sentiment && sentimentOf(sentiment),
  topOfMind: topOfMind && topOfMindOf(topOfMind),
  conversations: conversations && list(conversations.latest, conversationOf),
  situation: situation && situationOf(situation),
});

const horizonOf = (horizon) => horizon && { score: number(horizon.score), confidence: number(horizon.confidence ?? 0), messages: horizon.messageCount ?? 0 };

const sentimentOf = (facet) => ({
  score: number(facet.score),
  confidence: number(facet.confidence),
  provenance: facet.provenance,
  word: facet.word,
  messages: facet.messageCount ?? 0,
  lastEvidence: time(facet.lastEvidenceTime),
  today: horizonOf(facet.today),
  week: horizonOf(facet.week),
  usual: horizonOf(facet.usual),
  lastKnown: facet.lastKnown && { score: number(facet.lastKnown.score ?? 0), at: time(facet.lastKnown.lastTime) },
  trend: facet.trend && { direction: facet.trend.direction, change: number(facet.trend.change), error: number(facet.trend.standardError) },
  changes: list(facet.changes, (each) => ({ day: time(each.dayTime), change: number(each.change ?? 0), error: number(each.standardError ?? 0), topic: each.topic || undefined })),
  sparkline: list(facet.sparkline, (each) => ({ day: time(each.dayTime), score: number(each.score), messages: each.messageCount ?? 0 })),
  evidence: list(facet.evidence, (each) => ({ link: each.link, source: each.source, at: time(each.occurredTime) })),
  override: facet.override && { author: facet.override.author, at: time(facet.override.occurredTime), until: time(facet.override.untilTime) },
  upstream: list(facet.upstream, (each) => ({ source: each.source, at: time(each.occurredTime), value: each.score.value ?? 0, minimum: each.score.minimum ?? 0, maximum: each.score.maximum ?? 0 })),
});

const topOfMindOf = (facet) => ({
  confidence: number(facet.confidence),
  topics: list(facet.topics, (each) => ({
    name: each.name,
    weight: number(each.weight ?? 0),
    lastSecond: Math.floor(time(each.lastTime) / 1_000),
    score: number(each.sentimentScore),
    confidence: number(each.sentimentConfidence),
  })),
  likes: facet.likes ?? [],
  dislikes: facet.dislikes ?? [],
});

const conversationOf = (each) => ({
  id: each.conversationId,
  source: each.source,
  channel: each.channel,
  counterparties: list(each.counterparties, ({ role }) => role),
  topics: each.topics ?? [],
  state: each.state,
  waitingSince: time(each.waitingSinceTime),
  last: time(each.lastTime),
  turns: each.turnCount ?? 0,
  link: each.link || undefined,
  score: number(each.sentimentScore),
  confidence: number(each.sentimentConfidence),
});

const traitOf = (each) => each && { name: each.name, value: each.value, at: time(each.occurredTime), source: each.source };

const situationOf = (facet) => ({
  wantedOutcome: traitOf(facet.wantedOutcome),
  pleaseDoNot: list(facet.pleaseDoNot, traitOf),
  currentSituation: traitOf(facet.currentSituation),
  openCases: list(facet.openCases, traitOf),
  supportTier: traitOf(facet.supportTier),
  contactPreference: traitOf(facet.contactPreference),
  otherTraits: list(facet.otherTraits, traitOf),
});
