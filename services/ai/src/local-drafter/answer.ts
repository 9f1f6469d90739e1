import type { DraftLength, DraftSource } from '@ai-crm/contracts'
import type { Assignment, DraftLanguage } from '../drafts/drafter.ts'
import { gap } from '../drafts/gap.ts'
import type { Passage } from '../notes/find-passages.ts'
import type { Ask } from './asks.ts'
import { detectLanguage } from './language.ts'
import { PHRASES } from './phrases.ts'
import { sentencesOf, shorten, wordsOf } from './sentences.ts'
import { mentions, noteQuery, OPEN_POINT } from './topics.ts'

/** Characters quoted from a note. */
const EXCERPT_LENGTH: Readonly<Record<DraftLength, number>> = { short: 200, normal: 400, long: 600 }
const CANDIDATES = 5

export interface Answer {
  text: string
  source: DraftSource | null
}

/** Answers one ask in the words of a note; where none speaks about it, leaves a marked gap instead of an invention. */
export async function answer(assignment: Assignment, ask: Ask): Promise<Answer> {
  const { language, length } = assignment
  const passage = await findPassage(assignment, ask)
  if (!passage) return { text: gap(language, OPEN_POINT[language][ask.topic]), source: null }

  const excerpt = excerptOf(passage, ask, EXCERPT_LENGTH[length])
  const source = { noteId: passage.noteId, title: passage.title, excerpt }
  const isForeign = !isIn(language, excerpt)
  return { text: isForeign ? gap(language, PHRASES[language].translateNote(passage.title, excerpt)) : excerpt, source }
}

/** The best passage about the ask's topic, one in the language of the reply first. */
async function findPassage({ findPassages, language }: Assignment, ask: Ask): Promise<Passage | undefined> {
  const passages = await findPassages(noteQuery(ask.quote, ask.topic), CANDIDATES)
  const fitting = passages.filter(({ title, body }) => mentions(`${title}\n${body}`, ask.topic))
  return fitting.find(({ body }) => isIn(language, body)) ?? fitting[0]
}

const isIn = (language: DraftLanguage, text: string): boolean => (detectLanguage(text) ?? language) === language

/** The passage whole where it fits, else from the sentence on that shares most words with the question. */
function excerptOf(passage: Passage, ask: Ask, length: number): string {
  if (passage.body.length <= length) return passage.body
  const asked = new Set(wordsOf(noteQuery(ask.quote, ask.topic)).map(stem))
  const sentences = sentencesOf(passage.body)
  const shared = sentences.map(
    (sentence) =>
      new Set(
        wordsOf(sentence)
          .map(stem)
          .filter((word) => asked.has(word)),
      ).size,
  )
  const start = shared.indexOf(Math.max(...shared))
  return shorten(sentences.slice(start).join(' '), length)
}

/** Rough, for comparing only: a word without its ending. */
const stem = (word: string): string => (word.length > 5 ? word.slice(0, word.length - 2) : word)
