import { expect, it } from 'vitest'
import { textToSend } from './text-bytes.ts'

it.each(['', 'short', 'Ж'.repeat(5_000), '😀'.repeat(30_000), '語'.repeat(87_381), '語'.repeat(87_382), 'x'.repeat(300_000)])(
  'keeps every character of a text, however long',
  (text) => {
    expect(textToSend(text).toString()).toBe(text)
  },
)

it('gives each text bytes of its own', () => {
  const [first, second] = [textToSend('a'.repeat(5_000)), textToSend('b'.repeat(5_000))]
  expect([first.toString(), second.toString()]).toEqual(['a'.repeat(5_000), 'b'.repeat(5_000)])
})
