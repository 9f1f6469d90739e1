import { expect, it } from 'vitest'
import { excerptOf, withoutLongParts } from './timeline-entry.ts'

it('shows the first lines of a text in one', () => {
  expect(excerptOf(' Hello\n\n  world ')).toBe('Hello world')
})

it('says nothing where nothing is written', () => {
  expect(excerptOf(null)).toBeNull()
  expect(excerptOf(' \n ')).toBeNull()
})

it('cuts a long text, never through a character', () => {
  const excerpt = excerptOf('😀'.repeat(500)) ?? ''
  expect(excerpt.length).toBeLessThanOrEqual(280)
  expect(excerpt.endsWith('…')).toBe(true)
  expect(excerpt.isWellFormed()).toBe(true)
})

it('leaves the long parts with the service that owns them', () => {
  expect(withoutLongParts({ messageId: 'm', text: 'long', body: 'long', diff: [], sources: [] })).toEqual({ messageId: 'm' })
})
