/**
 * Takes each guard away in turn and runs its test: `npm run test:mutants`, or with words of the guards that are wanted.
 * Fails when a mutant survives, and when a test is red with every guard in place: that proves nothing about its guards.
 */
import { findRedTests } from './find-red-tests.ts'
import { GUARD_MUTANTS } from './guard-mutants.ts'
import { copyTree } from './mutant-copy.ts'

const wanted = process.argv.slice(2)
const mutants = GUARD_MUTANTS.filter(({ guard, project }) => wanted.length === 0 || wanted.some((word) => guard.includes(word) || project === word))
const say = (line: string): void => void process.stdout.write(`${line}\n`)

const copy = copyTree()
const counts = { red: 0, SURVIVED: 0, UNPROVEN: 0 }
try {
  const red = await findRedTests(mutants, copy.failureOf)
  for (const [test, failure] of red) say(`${test} fails with every guard in place:\n${failure}\n`)
  for (const mutant of mutants) {
    const verdict = red.has(mutant.test) ? 'UNPROVEN' : (await copy.isNoticed(mutant)) ? 'red' : 'SURVIVED'
    counts[verdict] += 1
    say(`${verdict.padEnd(9)} ${mutant.guard}`)
  }
} finally {
  copy.remove()
}
say(`${counts.red} of ${mutants.length} mutants were noticed${counts.UNPROVEN > 0 ? `, ${counts.UNPROVEN} have tests that fail anyway` : ''}`)
process.exit(counts.red < mutants.length ? 1 : 0)
