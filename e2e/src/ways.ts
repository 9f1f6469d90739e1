import { ensureServers, type Servers } from '@ai-crm/testing/servers'
import { afterAll, beforeAll, describe } from 'vitest'
import { startDistributedSystem, startEmbeddedSystem, type RunningSystem } from './system.ts'

export type System = () => RunningSystem
/** Tests of one kind of visit, with hooks of their own: a browser is open only while its journey lasts. */
export type Journey = (system: System) => void
/** Of the system; asked when the worlds that it names have started. */
type Environment = () => Readonly<Record<string, string>>

const none: Environment = () => ({})
const tell = (journeys: readonly Journey[], system: System): void => {
  for (const journey of journeys)
    describe(`${journey.name}:`, () => {
      journey(system)
    })
}

/** One system for the journeys, in one process with the embedded PostgreSQL. */
export function embedded(what: string, journeys: readonly Journey[], environment = none): void {
  describe(`${what}, embedded`, () => {
    let system: RunningSystem
    beforeAll(async () => {
      system = await startEmbeddedSystem(environment())
    })
    afterAll(() => system?.stop())
    tell(journeys, () => system)
  })
}

/** One system for the journeys: a process per service (two of messaging and of ai) on PostgreSQL, Redis and RabbitMQ. */
export function distributed(what: string, journeys: readonly Journey[], environment = none): void {
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
    tell(journeys, () => system)
  })
}

/** The same journeys in both ways of running. */
export function inBothWays(what: string, journeys: readonly Journey[], environment = none): void {
  embedded(what, journeys, environment)
  distributed(what, journeys, environment)
}
