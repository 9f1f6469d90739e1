import { defineConfig } from 'vitest/config'
import { LongestFirst } from './tools/longest-first.ts'

const everywhere = (pattern: string): string[] => [
  `packages/*/src/**/${pattern}`,
  `services/*/src/**/${pattern}`,
  `apps/*/src/**/${pattern}`,
  `tools/**/${pattern}`,
]

/** As Node runs the product: it takes the types away by itself, in a fraction of the time of a bundler's pipeline. */
const asNode = { viteModuleRunner: false, nodeLoader: false }

/**
 * `unit`: pure, milliseconds. `int`: real PostgreSQL, one server for the run, a database per file.
 * `e2e`: the whole product as users run it, in both ways; each file starts its own, some of them in ten processes.
 */
export default defineConfig({
  test: {
    // Two cores are the least that we want to be fast on; PostgreSQL needs one of them.
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    projects: [
      { test: { name: 'unit', include: everywhere('*.test.ts'), exclude: everywhere('*.int.test.ts'), isolate: false, testTimeout: 60_000 } },
      {
        test: {
          name: 'int',
          experimental: asNode,
          include: everywhere('*.int.test.ts'),
          globalSetup: ['packages/testing/src/database/global-setup.ts'],
          setupFiles: ['packages/testing/src/database/fresh-worker.ts'],
          // The files of a worker share their modules: loading the services anew for each took half of the run.
          isolate: false,
          // Two more than there are cores: what dies and comes back waits for leases that run out, most of its time.
          maxWorkers: 4,
          sequence: { groupOrder: 1 },
          // Limits for what hangs, not for what is slow: nobody knows how busy the machine is.
          testTimeout: 60_000,
          hookTimeout: 120_000,
          expect: { poll: { timeout: 30_000 } },
        },
      },
      {
        test: {
          name: 'e2e',
          experimental: asNode,
          include: ['e2e/src/**/*.e2e.ts'],
          globalSetup: ['e2e/src/global-setup.ts'],
          // One more than there are cores, as above: who looks at pages waits for them half of the time.
          maxWorkers: 3,
          sequence: { groupOrder: 2 },
          // Loading the contracts and the fakes anew for each area costs seconds of both cores; the product runs in processes of its own.
          isolate: false,
          testTimeout: 300_000,
          hookTimeout: 300_000,
          expect: { poll: { timeout: 30_000 } },
        },
      },
    ],
  },
})
