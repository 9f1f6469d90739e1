import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Files that take minutes, in whatever few lines: begun last, one of them would run alone at the end. */
const LONGEST = [
  'e2e/src/embedded.e2e.ts',
  'e2e/src/distributed.e2e.ts',
  'e2e/src/chaos.e2e.ts',
  'e2e/src/pages.e2e.ts',
  'e2e/src/relay.e2e.ts',
  'tools/new-service/new-service.int.test.ts',
  'packages/testing/src/servers/servers.int.test.ts',
  'apps/server/src/crash/crash.int.test.ts',
  'apps/server/src/isolation/canary.int.test.ts',
]

const rankOf = ({ moduleId }: TestSpecification): number => {
  const rank = LONGEST.findIndex((file) => moduleId.endsWith(file))
  return rank === -1 ? LONGEST.length : rank
}

/** The order of vitest (what took long here before, else what is large), behind those of which we know better. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    // The method of vitest, no array's.
    // oxlint-disable-next-line unicorn/no-array-sort
    return (await super.sort(files)).toSorted((one, other) => rankOf(one) - rankOf(other))
  }
}
