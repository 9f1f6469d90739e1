import { expect, it } from 'vitest'
import { findRedTests } from './find-red-tests.ts'
import { whatFailed } from './run-tests.ts'

const mutants = [
  { project: 'int', test: 'a.int.test.ts' },
  { project: 'int', test: 'b.int.test.ts' },
  { project: 'unit', test: 'c.test.ts' },
] as const

it('asks once where everything is green', async () => {
  const asked: string[] = []
  const red = await findRedTests([...mutants, mutants[0]], async (project, tests) => {
    asked.push(`${project}: ${tests.join(' ')}`)
    return null
  })
  expect([red.size, asked]).toEqual([0, ['int: a.int.test.ts b.int.test.ts', 'unit: c.test.ts']])
})

it('tells which file is red by itself, and lets the others of its project prove what they do', async () => {
  const red = await findRedTests(mutants, async (_project, tests) => (tests.includes('b.int.test.ts') ? 'expected 200 to be 401' : null))
  expect([...red]).toEqual([['b.int.test.ts', 'expected 200 to be 401']])
})

it('forgives what failed only beside others', async () => {
  expect((await findRedTests(mutants, async (_project, tests) => (tests.length > 1 ? 'too busy' : null))).size).toBe(0)
})

it('shows the names and messages of failed tests, or the end of what was printed', () => {
  expect(whatFailed('✓ one\n⎯⎯⎯ Failed Tests 1 ⎯⎯⎯\n FAIL  two\nAssertionError: no')).toMatch(/^⎯⎯⎯ Failed Tests 1.*two.*no$/s)
  expect(whatFailed('✓ one\nit was killed')).toBe('✓ one\nit was killed')
})
