import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accountOnScreen } from './journeys/account-on-screen.ts'
import { accessiblePages } from './journeys/accessible-pages.ts'
import { clientProgram } from './journeys/client-program.ts'
import { departureOnScreen } from './journeys/departure-on-screen.ts'
import { factorsOnScreen } from './journeys/factors-on-screen.ts'
import { companiesOnScreen } from './journeys/companies-on-screen.ts'
import { dayOnScreen } from './journeys/day-on-screen.ts'
import { inboxOnScreen } from './journeys/inbox-on-screen.ts'
import { mailToReply } from './journeys/mail-to-reply.ts'
import { reachOnScreen } from './journeys/reach-on-screen.ts'
import { rightsOnScreen } from './journeys/rights-on-screen.ts'
import { teamOnScreen } from './journeys/team-on-screen.ts'
import { switchesOnScreen } from './journeys/switches-on-screen.ts'
import { webhooksOnScreen } from './journeys/webhooks-on-screen.ts'
import { signInToDemo } from './people.ts'
import { startEmbeddedSystem, type RunningSystem } from './system.ts'

describe('one process with the embedded PostgreSQL', () => {
  let system: RunningSystem
  beforeAll(async () => {
    system = await startEmbeddedSystem()
  })
  afterAll(() => system?.stop())

  mailToReply(() => system)
  inboxOnScreen(() => system)
  teamOnScreen(() => system)
  departureOnScreen(() => system)
  reachOnScreen(() => system)
  clientProgram(() => system)
  accountOnScreen(() => system)
  switchesOnScreen(() => system)
  accessiblePages(() => system)
  rightsOnScreen(() => system)
  webhooksOnScreen(() => system)
  factorsOnScreen(() => system)
  dayOnScreen(() => system)
  companiesOnScreen(() => system)

  it('has everything again after kill -9 and a new start', async () => {
    const conversations = async () => {
      const { client } = await signInToDemo(system)
      return (await client.messaging.listConversations({ query: { folder: 'all' } })).items.map(({ id }) => id)
    }
    const before = await conversations()
    expect(before.length).toBeGreaterThan(0)
    for (const program of system.processes) {
      await program.kill()
      await program.start()
    }
    expect(await conversations()).toEqual(before)
  })
})
