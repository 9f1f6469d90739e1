import type { RecordNote } from '@ai-crm/contracts'
import type { Colleague } from '../records/owner-field.tsx'

const MOST = 6

/** What is being typed after an @ before the caret: where it begins and the letters so far; null where no mention is typed. */
export function mentionAt(text: string, caret: number): { start: number; letters: string } | null {
  const found = /(?:^|[\s(])@([\p{L}\p{N}._-]{0,40})$/u.exec(text.slice(0, caret))
  const letters = found?.[1]
  return letters === undefined ? null : { start: caret - letters.length - 1, letters }
}

/** Members of whom a word begins with the letters. */
export function suggestedFor(letters: string, members: readonly Colleague[]): readonly Colleague[] {
  const typed = letters.toLocaleLowerCase()
  const begins = ({ name }: Colleague) =>
    name
      .toLocaleLowerCase()
      .split(/\s+/)
      .some((word) => word.startsWith(typed))
  return members.filter(begins).slice(0, MOST)
}

/** Who is mentioned in the text, by the name as it stands there: of two with one name, both; of two of which one begins like the other, the longer. */
export function mentionedIn(text: string, members: readonly Colleague[]): string[] {
  const parts = withMentions(
    text,
    members.map(({ name }) => name),
  )
  const mentioned = new Set(parts.flatMap((part) => (part.isMention ? [part.text.slice(1)] : [])))
  return members.flatMap(({ userId, name }) => (mentioned.has(name) ? [userId] : []))
}

/** Who is mentioned once a note was edited: also whoever it names as they were called before, or whom this reader does not know. */
export function mentionedAfter(text: string, note: Pick<RecordNote, 'body' | 'mentions'>, members: readonly Colleague[]): string[] {
  const now = mentionedIn(text, members)
  const before = mentionedIn(note.body, members)
  return [...note.mentions.filter((userId) => now.includes(userId) || !before.includes(userId)), ...now.filter((userId) => !note.mentions.includes(userId))]
}

/** The text cut into what mentions the given people and what does not. A name ends where its word does. */
export function withMentions(text: string, names: readonly string[]): readonly { text: string; isMention: boolean }[] {
  if (names.length === 0) return [{ text, isMention: false }]
  const anyName = names.toSorted((one, other) => other.length - one.length).map((name) => name.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))
  const parts = text.split(new RegExp(`(@(?:${anyName.join('|')})(?![\\p{L}\\p{N}]))`, 'u'))
  return parts.flatMap((part, index) => (part === '' ? [] : [{ text: part, isMention: index % 2 === 1 }]))
}
