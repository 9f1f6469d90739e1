import { expect, it } from 'vitest'
import { splitLinks } from './split-links.ts'

const links = (text: string) =>
  splitLinks(text)
    .filter(({ isLink }) => isLink)
    .map((part) => part.text)

it('finds web addresses and leaves the punctuation to the sentence', () => {
  expect(links('See https://example.org/a?b=1. And (http://x.test)!')).toEqual(['https://example.org/a?b=1', 'http://x.test'])
})

it('makes no link of other schemes', () => {
  expect(links('javascript:alert(1) data:text/html,x ftp://x')).toEqual([])
})

it('loses nothing', () => {
  const text = 'Вот: https://пример.рф/путь, и ещё https://a.b'
  expect(
    splitLinks(text)
      .map((part) => part.text)
      .join(''),
  ).toBe(text)
})

it('comes to an end on long hostile text: what grows with its square takes minutes here', () => {
  const parts = splitLinks('https://' + '.'.repeat(1_000_000) + 'x '.repeat(500_000))
  expect(parts.length).toBeGreaterThan(0)
})
