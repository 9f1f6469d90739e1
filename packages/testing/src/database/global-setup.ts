import type { TestProject } from 'vitest/node'
import { startTestCluster, type TestCluster } from './test-cluster.ts'

declare module 'vitest' {
  interface ProvidedContext {
    testCluster: TestCluster
  }
}

/** Once per run of the `int` project: one server for all its files. Returns the teardown. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { adminUrl, masterSecret, stop } = await startTestCluster()
  project.provide('testCluster', { adminUrl, masterSecret })
  return stop
}
