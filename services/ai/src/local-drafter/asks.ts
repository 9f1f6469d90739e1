import { sentencesOf, shorten, wordsOf } from './sentences.ts'
import { hasSign, readWords } from './signs.ts'
import { type Topic, topicOf } from './topics.ts'

/** Something that the customer wants answered or done. */
export interface Ask {
  /** Their words, without "please tell me" and cut to a quotation. */
  quote: string
  topic: Topic
  isQuestion: boolean
}

/** What a message of a customer contains. */
export interface Reading {
  asks: Ask[]
  saysThanks: boolean
}

const QUOTE_LENGTH = 140
const MAX_ASKS = 6
/** Beyond that a message is no longer read: a person will. */
const READ_LENGTH = 8_000
/** "Help!", "Let me know": says nothing that an answer could take up, beside what does. */
const LEAST_WORDS = 3

const GREETING =
  /^(?:здравствуйте|добрый (?:день|вечер)|доброе утро|доброго (?:дня|времени суток)|приветствую|привет|hello|hi|hey|dear|good (?:morning|afternoon|evening))(?!\p{L})/iu
const POLITE_START =
  /^(?:(?:и ещё|и еще|ещё|еще|также|а также|подскажите|скажите|уточните|пожалуйста|будьте добры|кстати|also|and|please|by the way|could you (?:please )?tell me|can you (?:please )?tell me|i would like to know)(?!\p{L})[\s,:–—-]*)+/iu
const QUESTION_STARTS = new Set(
  `как какой какая какие какое каков кто что где когда куда откуда почему зачем сколько можно можете могли есть ли
  how what when where who why which can could would will do does did is are may should`.split(/\s+/),
)
const COMPOUND =
  /(?:,\s+|\s+)(?:и|а также|and|also)\s+(?=(?:как|какой|какая|какие|сколько|можно|можете|могли|когда|где|есть|пришлите|how|what|when|where|can|could|would|do|is|are|please)(?!\p{L}))/iu
const REQUEST_SIGNS = [
  'подскаж',
  'пришл',
  'отправьте',
  'вышл',
  'прошу',
  'просьба',
  'просим',
  'пожалуйста',
  'нужен$',
  'нужн',
  'необходим',
  'требуется',
  'интересует',
  'интересуют',
  'хотел',
  'хотим$',
  'хочу$',
  'уточн',
  'сообщите',
  'расскаж',
  'помогите',
  'давайте',
  'предлага',
  'please',
  'need$',
  'needs$',
  'want$',
  'wonder',
  'interested',
  'would like',
  "let's$",
  'let us',
  'let me know',
  'send$',
  'looking for',
  'require',
  'tell me',
]
const ALWAYS_ASKS: ReadonlySet<Topic> = new Set(['unsubscribe', 'problem', 'decline'])

/** Reads the questions, requests and complaints of a message, in its order; one of each topic. */
export function readMessage(text: string): Reading {
  const sentences = sentencesOf(text.slice(0, READ_LENGTH))
    .map(withoutGreeting)
    .filter((sentence) => /\p{L}/u.test(sentence))
  const asks: Ask[] = []
  for (const ask of sentences.flatMap(splitCompound).flatMap(askOf)) {
    const isKnown = asks.some(({ topic, quote }) => (topic === ask.topic && topic !== 'other') || quote === ask.quote)
    if (!isKnown) asks.push(ask)
  }
  const telling = asks.filter(({ quote, topic }) => topic !== 'other' || wordsOf(quote).length >= LEAST_WORDS)
  return { asks: (telling.length > 0 ? telling : asks).slice(0, MAX_ASKS), saysThanks: sentences.some((sentence) => topicOf(sentence) === 'thanks') }
}

function askOf(sentence: string): Ask[] {
  const topic = topicOf(sentence)
  const isQuestion = sentence.trimEnd().endsWith('?') || QUESTION_STARTS.has(wordsOf(sentence)[0] ?? '')
  const words = readWords(sentence)
  const isRequest = REQUEST_SIGNS.some((sign) => hasSign(words, sign))
  const isAsk = topic !== 'thanks' && (ALWAYS_ASKS.has(topic) || isQuestion || isRequest)
  return isAsk ? [{ quote: quoteOf(sentence), topic, isQuestion }] : []
}

/** "Добрый день, сколько стоит…" is a question; "Dear Ada," and "Добрый день, коллеги!" are greetings as a whole. */
function withoutGreeting(sentence: string): string {
  const match = GREETING.exec(sentence)
  if (!match) return sentence
  const afterAddress = /^[^,!.?]{0,40}[,!.]\s*(.*)$/su.exec(sentence.slice(match[0].length))
  return afterAddress?.[1]?.trim() ?? ''
}

/** "Сколько стоит внедрение и можно ли показать демо?" asks two things. */
function splitCompound(sentence: string): string[] {
  const parts = sentence.split(COMPOUND)
  if (parts.length < 2 || !sentence.trimEnd().endsWith('?')) return parts
  return parts.map((part) => (part.trimEnd().endsWith('?') ? part : `${part.trimEnd()}?`))
}

/** Without quotation marks and brackets of its own: it stands in quotation marks, and brackets mark gaps. */
function quoteOf(sentence: string): string {
  const line = sentence
    .replaceAll(/[«»"“”[\]]/gu, '')
    .replaceAll(/\s+/gu, ' ')
    .trim()
  const core = line.replace(POLITE_START, '').replace(/[.…]+$/u, '')
  return shorten(core === '' ? line : core, QUOTE_LENGTH)
}
