import { expect, it } from 'vitest'
import { signInToDemo } from '../people.ts'
import type { RunningSystem } from '../system.ts'

/** The last of a system: it dies and comes back. */
export function afterKill(system: () => RunningSystem): void {
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
