import type { GuardMutant } from './guard-mutant.ts'
import type { MutantCopy } from './mutant-copy.ts'

/**
 * Files whose tests fail while every guard is in place, and how. All of a project run together first; where that fails each runs by
 * itself, so that a busy machine, or one broken file, does not take the proof from the others.
 */
export async function findRedTests(
  mutants: readonly Pick<GuardMutant, 'project' | 'test'>[],
  failureOf: MutantCopy['failureOf'],
): Promise<ReadonlyMap<string, string>> {
  const red = new Map<string, string>()
  for (const [project, of] of Map.groupBy(mutants, (mutant) => mutant.project)) {
    const tests = [...new Set(of.map(({ test }) => test))]
    if ((await failureOf(project, tests)) === null) continue
    for (const test of tests) {
      const failure = await failureOf(project, [test])
      if (failure !== null) red.set(test, failure)
    }
  }
  return red
}
