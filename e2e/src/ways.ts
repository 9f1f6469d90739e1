import { ensureServers, type Servers } from '@ai-crm/testing/servers'
import { afterAll, beforeAll, describe } from 'vitest'
import { startDistributedSystem, startEmbeddedSystem, type RunningSystem } from './system.ts'

export type System = () => RunningSystem

/** One system for the journeys, in one process with the embedded PostgreSQL. */
export function embedded(what: string, tell: (system: System) => void, environment: () => Readonly<Record<string, string>> = () => ({})): void {
  describe(`${what}, embedded`, () => {
    let system: RunningSystem
    beforeAll(async () => {
      system = await startEmbeddedSystem(environment())
    })
    afterAll(() => system?.stop())
    tell(() => system)
  })
}

/** One system for the journeys: a process per service (two of messaging and of ai) on PostgreSQL, Redis and RabbitMQ. */
export function distributed(what: string, tell: (system: System) => void, environment: () => Readonly<Record<string, string>> = () => ({})): void {
  describe(`${what}, distributed`, () => {
    let servers: Servers
    let system: RunningSystem
    beforeAll(async () => {
      servers = await ensureServers((line) => console.log(line))
      system = await startDistributedSystem(servers, environment())
    })
    afterAll(async () => {
      await system?.stop()
      await servers?.stop()
    })
    tell(() => system)
  })
}

/** The same journeys in both ways of running. `environment` is asked when the worlds that it names have started. */
export function inBothWays(what: string, tell: (system: System) => void, environment?: () => Readonly<Record<string, string>>): void {
  embedded(what, tell, environment)
  distributed(what, tell, environment)
}
