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
  'apps/server/src/isolation/canary.int.test.ts',
]

/** Long ones that wait most of their time, for leases that run out: spread, so that others work meanwhile. */
const WAITING = ['apps/server/src/crash/', 'killed-export.int.test.ts', 'killed-erasure.int.test.ts', 'rabbitmq-bus.int.test.ts']
const OTHERS_BETWEEN = 12

const rankOf = ({ moduleId }: TestSpecification): number => {
  const rank = LONGEST.findIndex((file) => moduleId.endsWith(file))
  return rank === -1 ? LONGEST.length : rank
}

const isWaiting = ({ moduleId }: TestSpecification): boolean => WAITING.some((part) => moduleId.includes(part))

/** The order of vitest (what took long here before, else what is large), but for those of which we know better. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    // The method of vitest, no array's.
    // oxlint-disable-next-line unicorn/no-array-sort
    const sorted = (await super.sort(files)).toSorted((one, other) => rankOf(one) - rankOf(other))
    const waiting = sorted.filter(isWaiting)
    const others = sorted.filter((file) => !isWaiting(file))
    return [...others.flatMap((file, at) => [...(at % OTHERS_BETWEEN === 0 ? waiting.splice(0, 1) : []), file]), ...waiting]
  }
}
