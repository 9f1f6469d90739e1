import { sentencesOf } from '../local-drafter/sentences.ts'

/** Characters of a passage: a few sentences, enough to answer one question. */
const PASSAGE_LENGTH = 600

/** A note cut at its paragraphs; short neighbours under one heading stay together, a long paragraph is cut at sentences. */
export function passagesOf(body: string): string[] {
  const passages: string[] = []
  let current = ''
  for (const piece of piecesOf(body)) {
    const joined = current === '' ? piece : `${current}\n${piece}`
    if (joined.length > PASSAGE_LENGTH && current !== '') {
      passages.push(current)
      current = piece
    } else {
      current = joined
    }
  }
  if (current !== '') passages.push(current)
  return passages
}

function piecesOf(body: string): string[] {
  return body
    .split(/\n+/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .flatMap((line) => (line.length <= PASSAGE_LENGTH ? [line] : sentencesOf(line).flatMap(cutHard)))
}

/** A sentence without end (a list of codes, a paste) must not become an unbounded passage. */
function cutHard(sentence: string): string[] {
  const parts: string[] = []
  for (let start = 0; start < sentence.length; start += PASSAGE_LENGTH) parts.push(sentence.slice(start, start + PASSAGE_LENGTH))
  return parts
}
