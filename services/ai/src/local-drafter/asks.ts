import { sentencesOf, shorten, wordsOf } from './sentences.ts'
import { type Topic, topicOf } from './topics.ts'

/** Something that the customer wants answered or done. */
export interface Ask {
  /** Their words, cut to a quotation. */
  quote: string
  topic: Topic
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

const GREETING = /^(?:здравствуйте|добрый (?:день|вечер)|доброе утро|доброго (?:дня|времени суток)|приветствую|привет|hello|hi|hey|dear|good (?:morning|afternoon|evening))(?![\p{L}])/iu
const QUESTION_STARTS = new Set(
  `как какой какая какие какое каков кто что где когда куда откуда почему зачем сколько можно можете могли могу есть ли
  how what when where who why which can could would will do does did is are may should`.split(/\s+/),
)
const REQUEST_SIGNS = [
  'подскаж', 'пришл', 'отправьте', 'вышл', 'прошу', 'просьба', 'просим', 'пожалуйста', 'нужн', 'необходим', 'требует', 'интересует', 'интересуют', 'хотел', 'хотим', 'хочу',
  'уточн', 'сообщите', 'расскаж', 'помогите', 'давайте', 'предлага', 'please', 'need', 'want', 'wonder', 'interested', 'like', 'let', 'send', 'looking', 'require', 'tell',
]
const ALWAYS_ASKS: ReadonlySet<Topic> = new Set(['unsubscribe', 'problem', 'decline'])

/** Reads the questions, requests and complaints of a message, in its order. */
export function readMessage(text: string): Reading {
  const sentences = sentencesOf(text.slice(0, READ_LENGTH)).map(withoutGreeting).filter((sentence) => /\p{L}/u.test(sentence))
  const asks: Ask[] = []
  for (const part of sentences.flatMap(splitCompound)) {
    const topic = topicOf(part)
    const isAsk = ALWAYS_ASKS.has(topic) || isQuestion(part) || (topic !== 'thanks' && isRequest(part))
    const isKnown = asks.some((ask) => ask.topic === topic && topic !== 'other')
    if (isAsk && topic !== 'thanks' && !isKnown) asks.push({ quote: quoteOf(part), topic })
  }
  return { asks: asks.slice(0, MAX_ASKS), saysThanks: sentences.some((sentence) => topicOf(sentence) === 'thanks') }
}

/** "Здравствуйте! Сколько стоит…" is one sentence in many mails: "Добрый день, сколько стоит…". */
function withoutGreeting(sentence: string): string {
  const match = GREETING.exec(sentence)
  if (!match) return sentence
  const rest = sentence.slice(match[0].length)
  // "Dear Ada," and "Добрый день, коллеги!" are greetings as a whole.
  const afterAddress = /^[^,!.?]{0,40}[,!.]\s*(.*)$/su.exec(rest)
  return afterAddress?.[1]?.trim() ?? ''
}

/** "Сколько стоит внедрение и можно ли показать демо?" asks two things. */
function splitCompound(sentence: string): string[] {
  const parts = sentence.split(/(?:,\s+|\s+)(?:и|а также|and|also)\s+(?=(?:также\s+|ещё\s+|еще\s+|also\s+)?(?:как|какой|какая|какие|сколько|можно|можете|могли|когда|где|есть|пришлите|how|what|when|where|can|could|would|do|is|are|please)(?![\p{L}]))/iu)
  if (parts.length < 2) return [sentence]
  const isWholeAQuestion = sentence.trimEnd().endsWith('?')
  return parts.map((part) => (isWholeAQuestion && !part.trimEnd().endsWith('?') ? `${part.trimEnd()}?` : part))
}

const isQuestion = (sentence: string): boolean => sentence.trimEnd().endsWith('?') || QUESTION_STARTS.has(wordsOf(sentence)[0] ?? '')

function isRequest(sentence: string): boolean {
  const words = wordsOf(sentence)
  return words.some((word) => REQUEST_SIGNS.some((sign) => word.startsWith(sign)))
}

const quoteOf = (sentence: string): string => shorten(sentence.replaceAll(/[«»"“”[\]]/gu, '').replaceAll(/\s+/gu, ' ').trim(), QUOTE_LENGTH)
