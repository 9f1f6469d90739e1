import type { Passage } from '../notes/find-passages.ts'

/** Words as short as this are in every text. */
const MIN_WORD = 4
/** Endings do not matter: the beginning of a word stands for all its forms. */
const STEM = 5
const SHARED_WORDS = 3

/**
 * The passages that the text visibly draws on: it shares a number with them, or some words, that the customer did not
 * bring up. A model is given more than it uses, and a source that says nothing about the text misleads whoever checks it.
 */
export function usedPassages(text: string, question: string, passages: readonly Passage[]): Passage[] {
  const asked = termsOf(question)
  const written = termsOf(text)
  return passages.filter(({ title, body }) => {
    const shared = [...termsOf(`${title}\n${body}`)].filter((term) => written.has(term) && !asked.has(term))
    return shared.some((term) => /\d/.test(term)) || shared.length >= SHARED_WORDS
  })
}

function termsOf(text: string): Set<string> {
  const words = text.toLowerCase().match(/\p{N}+(?:[.,:]\p{N}+)*|\p{L}+/gu) ?? []
  return new Set(words.flatMap((word) => (/\d/.test(word) ? [word] : word.length >= MIN_WORD ? [word.slice(0, STEM)] : [])))
}
