import { expect, it } from 'vitest'
import { diffOf } from './diff.ts'
import { replySubject } from './draft.ts'
import { findGap, gap } from './gap.ts'

it.each([
  ['Price list', 'Re: Price list'],
  ['Re: RE: re[2]: Price list', 'Re: Price list'],
  ['Отв: На: Прайс', 'Re: Прайс'],
  ['Region prices', 'Re: Region prices'],
  ['', 'Re:'],
])('answers %j under %j', (subject, reply) => {
  expect(replySubject(subject)).toBe(reply)
})

it('records what the person changed, word by word, so that both texts can be told from it', () => {
  const [draft, sent] = ['Hello Ada, it costs [FILL IN: price].', 'Hello Ada, it costs 15 EUR per user.']
  const diff = diffOf(draft, sent)
  const text = (without: 'insert' | 'delete') =>
    diff
      .filter(({ op }) => op !== without)
      .map((run) => run.text)
      .join('')
  expect([text('insert'), text('delete')]).toEqual([draft, sent])
  expect(diff[0]).toEqual({ op: 'equal', text: 'Hello Ada, it costs ' })
})

// Comparing them word by word would take minutes: the runner's own limit is the bound.
it('compares two long texts that have nothing in common in bounded time', { timeout: 20_000 }, () => {
  const words = (word: string) =>
    Array.from({ length: 12_000 }, (_, position) => `${word}${position}`)
      .join(' ')
      .slice(0, 100_000)
  expect(diffOf(words('a'), words('b'))).toHaveLength(2)
})

it('finds the gap that it made, in either language, and nothing else', () => {
  expect(findGap(`Цена: ${gap('ru', 'цена')}.`)).toBe('[ЗАПОЛНИТЬ: цена]')
  expect(findGap(`It costs ${gap('en', 'a [price]')}`)).toBe('[FILL IN: a price]')
  expect(findGap('See [1] and [fill in the form]')).toBeNull()
})
