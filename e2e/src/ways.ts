import { ensureServers, type Servers } from '@ai-crm/testing/servers'
import { afterAll, beforeAll, describe } from 'vitest'
import { axeLooks } from './browser.ts'
import { EVERYTHING, startDistributedSystem, startEmbeddedSystem, type RunningSystem } from './system.ts'

export type System = () => RunningSystem
/** Tests of one kind of visit, with hooks of their own: a browser is open only while its journey lasts. */
export type Journey = (system: System) => void
export interface Walk {
  readonly name: string
  readonly journeys: readonly Journey[]
}
/** Of the system; asked when the worlds that it names have started. */
type Environment = () => Readonly<Record<string, string>>

const none: Environment = () => ({})
const tell = (walks: readonly Walk[], system: System): void => {
  for (const { name, journeys } of walks)
    for (const journey of journeys)
      describe(`${name}: ${journey.name}:`, () => {
        journey(system)
      })
}

/** One system for all the journeys, in one process with the embedded PostgreSQL. */
export function embedded(walks: readonly Walk[], environment = none): void {
  describe('embedded', () => {
    let system: RunningSystem
    beforeAll(async () => {
      axeLooks(true)
      system = await startEmbeddedSystem(environment())
    })
    afterAll(() => system?.stop())
    tell(walks, () => system)
  })
}

/** One system for all the journeys: a process per service (two of crm, messaging and ai) on PostgreSQL, Redis and RabbitMQ. */
export function distributed(walks: readonly Walk[], environment = none): void {
  describe('distributed', () => {
    let servers: Servers
    let system: RunningSystem
    beforeAll(async () => {
      // The pages are the same: they have been looked at in the other way.
      axeLooks(false)
      servers = await ensureServers((line) => console.log(line))
      system = await startDistributedSystem(servers, environment(), [...EVERYTHING, 'crm'])
    })
    afterAll(async () => {
      axeLooks(true)
      await system?.stop()
      await servers?.stop()
    })
    tell(walks, () => system)
  })
}
