import { wordsOf } from './sentences.ts'

/** The words of a sentence, ready to be searched for signs. */
export interface Words {
  readonly words: readonly string[]
  /** The words with single spaces between and around. */
  readonly line: string
}

export function readWords(sentence: string): Words {
  // "doesn't", "doesn’t": the apostrophe is part of the word.
  const words = wordsOf(sentence.replaceAll('’', "'"))
  return { words, line: ` ${words.join(' ')} ` }
}

/** A sign is the beginning of a word, a whole word (`акт$`), or a phrase whose last word may go on (`не работа`). */
export function hasSign({ words, line }: Words, sign: string): boolean {
  if (sign.includes(' ')) return line.includes(` ${sign}`)
  return sign.endsWith('$') ? words.includes(sign.slice(0, -1)) : words.some((word) => word.startsWith(sign))
}
