import { existsSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { GUARD_MUTANTS } from './guard-mutants.ts'
import { mutate } from './mutant-copy.ts'

it.each(GUARD_MUTANTS.map((mutant) => [mutant.guard, mutant] as const))('still knows how to take away: %s', (_guard, mutant) => {
  const source = readFileSync(mutant.file, 'utf8')
  expect(mutate(source, mutant)).not.toBe(source)
  expect(existsSync(mutant.test)).toBe(true)
  // Which suite has it, its name says.
  expect(mutant.test.endsWith('.int.test.ts')).toBe(mutant.project === 'int')
})

it('refuses a change whose text is gone, or stands twice', () => {
  const mutant = { guard: 'a guard', file: 'a.ts', from: 'guard()', to: '', test: 'a.test.ts', project: 'unit' } as const
  expect(() => mutate('other()', mutant)).toThrow('stands 0 times')
  expect(() => mutate('guard(); guard()', mutant)).toThrow('stands 2 times')
})
