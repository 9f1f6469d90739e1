import type { Thread } from '../conversations/read-thread.ts'
import type { DraftLanguage } from '../drafts/drafter.ts'
import { wordsOf } from './sentences.ts'

/** Function words that hardly any English sentence does without. */
const ENGLISH_WORDS = new Set([
  'the',
  'and',
  'you',
  'we',
  'is',
  'are',
  'to',
  'of',
  'for',
  'in',
  'on',
  'with',
  'please',
  'can',
  'could',
  'would',
  'have',
  'your',
  'our',
  'my',
  'it',
  'this',
  'that',
  'how',
  'what',
  'when',
  'do',
  'does',
  'thanks',
  'thank',
  'hello',
  'hi',
])

/** Letters of Cyrillic alphabets that Russian does not have: the text is Ukrainian, Belarusian, Serbian, Kazakh … */
const OTHER_CYRILLIC = /[іїєґўђјљњћџәғқңөұүһ]/iu

/** Russian or English, or null when the text is neither for certain. */
export function detectLanguage(text: string): DraftLanguage | null {
  const sample = text.slice(0, 5000)
  const cyrillic = sample.match(/\p{Script=Cyrillic}/gu)?.length ?? 0
  const latin = sample.match(/\p{Script=Latin}/gu)?.length ?? 0
  if (cyrillic > 0 && cyrillic >= latin / 2) return OTHER_CYRILLIC.test(sample) ? null : 'ru'
  return wordsOf(sample).some((word) => ENGLISH_WORDS.has(word)) ? 'en' : null
}

/** The language of the customer's newest message, else of an earlier one, else the organisation's. */
export function languageOf(thread: Thread, fallback: DraftLanguage): DraftLanguage {
  for (const message of thread.messages.toReversed()) {
    if (message.direction !== 'inbound' || message.isAutoReply) continue
    const language = detectLanguage(message.text) ?? knownLanguage(message.language)
    if (language) return language
  }
  return fallback
}

const knownLanguage = (language: string | null): DraftLanguage | null => (language === 'ru' || language === 'en' ? language : null)
