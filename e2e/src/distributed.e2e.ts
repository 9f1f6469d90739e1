import { ensureServers, type Servers } from '@ai-crm/testing/servers'
import { afterAll, beforeAll, describe } from 'vitest'
import { clientProgram } from './journeys/client-program.ts'
import { factorsOnScreen } from './journeys/factors-on-screen.ts'
import { departureOnScreen } from './journeys/departure-on-screen.ts'
import { accountOnScreen } from './journeys/account-on-screen.ts'
import { companiesOnScreen } from './journeys/companies-on-screen.ts'
import { dayOnScreen } from './journeys/day-on-screen.ts'
import { inboxOnScreen } from './journeys/inbox-on-screen.ts'
import { mailToReply } from './journeys/mail-to-reply.ts'
import { switchesOnScreen } from './journeys/switches-on-screen.ts'
import { reachOnScreen } from './journeys/reach-on-screen.ts'
import { rightsOnScreen } from './journeys/rights-on-screen.ts'
import { teamOnScreen } from './journeys/team-on-screen.ts'
import { webhooksOnScreen } from './journeys/webhooks-on-screen.ts'
import { startDistributedSystem, type RunningSystem } from './system.ts'

describe('a process per service on PostgreSQL, Redis and RabbitMQ', () => {
  let servers: Servers
  let system: RunningSystem
  beforeAll(async () => {
    servers = await ensureServers((line) => console.log(line))
    system = await startDistributedSystem(servers)
  })
  afterAll(async () => {
    await system?.stop()
    await servers?.stop()
  })

  mailToReply(() => system)
  inboxOnScreen(() => system)
  departureOnScreen(() => system)
  reachOnScreen(() => system)
  teamOnScreen(() => system)
  rightsOnScreen(() => system)
  webhooksOnScreen(() => system)
  factorsOnScreen(() => system)
  dayOnScreen(() => system)
  companiesOnScreen(() => system)
  clientProgram(() => system)
  accountOnScreen(() => system)
  switchesOnScreen(() => system)
})
