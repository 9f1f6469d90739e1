import { expect, it } from 'vitest'
import { storedJson } from './stored-json.ts'

it.each([
  ['half of a character, as cutting a text leaves', '🔥🔥'.slice(0, 3), '🔥\ufffd'],
  ['its second half', '🔥'.slice(1), '\ufffd'],
  ['NUL', 'a\0b', 'a\ufffdb'],
  ['whole characters, and other control characters', '🔥 \u001f', '🔥 \u001f'],
  ['what only looks like an escape', String.raw`\ud83d \\ud83d \u0000`, String.raw`\ud83d \\ud83d \u0000`],
])('says %s', (_what, text, stored) => {
  expect(JSON.parse(storedJson({ text }))).toEqual({ text: stored })
  expect(JSON.parse(storedJson({ text })).text.isWellFormed()).toBe(true)
})

it('says nothing as null', () => {
  expect(storedJson(undefined)).toBe('null')
})
