/** Takes each guard away in turn and runs its test: `npm run test:mutants`, or with words of the guards that are wanted. */
import { copyTree } from './mutant-copy.ts'
import { GUARD_MUTANTS } from './guard-mutants.ts'

const wanted = process.argv.slice(2)
const mutants = GUARD_MUTANTS.filter(({ guard, project }) => wanted.length === 0 || wanted.some((word) => guard.includes(word) || project === word))
const say = (line: string): void => void process.stdout.write(`${line}\n`)

const copy = copyTree()
const survivors: string[] = []
try {
  // A test that is red anyway proves nothing about the guard.
  for (const [project, of] of Map.groupBy(mutants, (mutant) => mutant.project)) {
    const tests = [...new Set(of.map(({ test }) => test))]
    if (!(await copy.passes(project, tests))) throw new Error(`The ${project} tests fail with every guard in place.`)
  }
  for (const mutant of mutants) {
    const isNoticed = await copy.isNoticed(mutant)
    if (!isNoticed) survivors.push(mutant.guard)
    say(`${isNoticed ? 'red      ' : 'SURVIVED '} ${mutant.guard}`)
  }
} finally {
  copy.remove()
}
say(`${mutants.length - survivors.length} of ${mutants.length} mutants were noticed`)
process.exit(survivors.length > 0 ? 1 : 0)
