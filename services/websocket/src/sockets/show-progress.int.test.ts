import { openLiveClient, startService, type Agent, type LiveClient } from '@ai-crm/testing'
import { eventually } from '@ai-crm/testing/eventually'
import { randomUUID } from 'node:crypto'
import { expect, it, onTestFinished } from 'vitest'
import service from '../service.ts'

const live = await startService(service)
const url = await live.app.listen({ host: '127.0.0.1', port: 0 })

async function connected(agent: Agent): Promise<LiveClient> {
  const client = openLiveClient({ url, token: agent.token })
  onTestFinished(() => client.close())
  await eventually(() => expect(client.state.connections).toBe(1))
  return client
}

it('shows drafts in the making to the organisation that they belong to', async () => {
  const [ours, theirs] = [await live.signIn(), await live.signIn()]
  const [screen, stranger] = [await connected(ours), await connected(theirs)]
  const progress = { conversationId: randomUUID(), draftId: randomUUID(), body: 'Dear' }
  live.ctx(ours.organizationId).showProgress(progress)
  await eventually(() => expect(screen.progress).toEqual([progress]))
  expect(stranger.progress).toEqual([])
})

it('shows work on many records to whoever started it, to no colleague and no other organisation', async () => {
  const [ours, theirs] = [await live.signIn(), await live.signIn()]
  const colleague = await live.signIn({ organizationId: ours.organizationId })
  const [screen, beside, stranger] = [await connected(ours), await connected(colleague), await connected(theirs)]
  const heard = new Map([screen, beside, stranger].map((each) => [each, new Array<unknown>()]))
  for (const [each, messages] of heard) each.socket.on('operation', (message) => void messages.push(message))
  const progress = { id: randomUUID(), total: 10, changed: 3, unchanged: 1, skipped: 0 }
  live.ctx(ours.organizationId).showOperation(ours.userId, progress)
  await eventually(() => expect(heard.get(screen)).toEqual([progress]))
  expect([heard.get(beside), heard.get(stranger)]).toEqual([[], []])
})
