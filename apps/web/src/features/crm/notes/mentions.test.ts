import { expect, it } from 'vitest'
import { mentionAt, mentionedAfter, mentionedIn, suggestedFor, withMentions } from './mentions.ts'

const members = [
  { userId: 'a', name: 'Анна Петрова' },
  { userId: 'b', name: 'Ann Smith' },
  { userId: 'c', name: 'Bob (Sales)' },
]

it.each([
  ['@', { start: 0, letters: '' }],
  ['Ask @Ан', { start: 4, letters: 'Ан' }],
  ['(@an', { start: 1, letters: 'an' }],
  ['mail@example', null],
  ['no mention', null],
  ['@ann ', null],
])('knows in %j what is being typed', (text, mention) => {
  expect(mentionAt(text, text.length)).toEqual(mention)
})

it('suggests by any word of the name, in any case', () => {
  const names = (letters: string) => suggestedFor(letters, members).map(({ userId }) => userId)
  expect([names('ан'), names('SM'), names('pet'), names('')]).toEqual([['a'], ['b'], [], ['a', 'b', 'c']])
})

it('finds who is mentioned, and shows where', () => {
  const text = 'For @Анна Петрова and @Bob (Sales), not @Ann'
  expect(mentionedIn(text, members)).toEqual(['a', 'c'])
  const parts = withMentions(text, ['Анна Петрова', 'Bob (Sales)'])
  expect(parts.filter(({ isMention }) => isMention).map((part) => part.text)).toEqual(['@Анна Петрова', '@Bob (Sales)'])
  expect(parts.map((part) => part.text).join('')).toBe(text)
})

it('takes the longer of two names of which one begins like the other', () => {
  const alike = [...members, { userId: 'd', name: 'Ann' }, { userId: 'e', name: 'Анна' }]
  expect(mentionedIn('@Ann Smith', alike)).toEqual(['b'])
  expect(mentionedIn('@Анна Петрова, @Annabel', alike)).toEqual(['a'])
  expect(mentionedIn('@Ann, look', alike)).toEqual(['d'])
  expect(mentionedIn('@Ann @Ann Smith', alike)).toEqual(['b', 'd'])
})

it('keeps whom an edited note names by an older name, and drops whom it names no longer', () => {
  const note = { body: '@Ann Smith, @Old Name', mentions: ['b', 'renamed'] }
  expect(mentionedAfter('@Ann Smith, @Old Name!', note, members)).toEqual(['b', 'renamed'])
  expect(mentionedAfter('@Анна Петрова, @Old Name', note, members)).toEqual(['renamed', 'a'])
  expect(mentionedAfter('@Ann Smith', note, [])).toEqual(['b', 'renamed'])
})
