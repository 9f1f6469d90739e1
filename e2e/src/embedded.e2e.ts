import { afterAll, beforeAll, describe } from 'vitest'
import { accessiblePages } from './journeys/accessible-pages.ts'
import { inboxOnScreen } from './journeys/inbox-on-screen.ts'
import { mailToReply } from './journeys/mail-to-reply.ts'
import { startEmbeddedSystem, type RunningSystem } from './system.ts'

describe('one process with the embedded PostgreSQL', () => {
  let system: RunningSystem
  beforeAll(async () => {
    system = await startEmbeddedSystem()
  })
  afterAll(() => system?.stop())

  mailToReply(() => system)
  inboxOnScreen(() => system)
  accessiblePages(() => system)
})
