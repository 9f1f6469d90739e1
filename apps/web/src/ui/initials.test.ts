import { expect, it } from 'vitest'
import { initialsOf, tintOf } from './initials.ts'

it('takes first and last name, or the first letter of an address', () => {
  expect(['Ada Lovelace', 'Иван Петрович Сидоров', 'ada@example.org', 'Иван', ''].map(initialsOf)).toEqual(['AL', 'ИС', 'A', 'И', '?'])
})

it('gives the same name the same colour', () => {
  expect(tintOf('Ada', 6)).toBe(tintOf('Ada', 6))
  expect(tintOf('Ada', 6)).toBeLessThan(6)
})
