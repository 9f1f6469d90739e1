import { expect, it } from 'vitest'
import { clientProgram } from './journeys/client-program.ts'
import { dayOnScreen } from './journeys/day-on-screen.ts'
import { inboxOnScreen } from './journeys/inbox-on-screen.ts'
import { mailToReply } from './journeys/mail-to-reply.ts'
import { signInToDemo } from './people.ts'
import { distributed, embedded, type Journey } from './ways.ts'

const journeys = [mailToReply, inboxOnScreen, dayOnScreen, clientProgram]

const crash: Journey = (system) => {
  it('has everything again after kill -9 and a new start', async () => {
    const conversations = async () => {
      const { client } = await signInToDemo(system())
      return (await client.messaging.listConversations({ query: { folder: 'all' } })).items.map(({ id }) => id)
    }
    const before = await conversations()
    expect(before.length).toBeGreaterThan(0)
    for (const program of system().processes) {
      await program.kill()
      await program.start()
    }
    expect(await conversations()).toEqual(before)
  })
}

embedded('conversations', [...journeys, crash])
distributed('conversations', journeys)
