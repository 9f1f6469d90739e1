import { startService } from '@ai-crm/testing'
import { v7 as uuidV7 } from 'uuid'
import { describe, expect, it } from 'vitest'
import { startConversation } from '../conversations/conversation.fixture.ts'
import service from '../service.ts'

const ai = await startService(service, { environment: { AI_DRAFTS_PER_HOUR: '3' } })

async function withWaitingDraft() {
  const agent = await ai.signIn()
  const conversation = startConversation(ai, agent.organizationId)
  await conversation.receive('What is the price?')
  await ai.settle()
  const { body } = await agent.get(`/drafts?conversationId=${conversation.conversationId}`)
  return { agent, conversation, draft: body.items[0] }
}
const ifMatch = { 'if-match': '"2"' }

describe('another organisation', () => {
  it('sees a draft as one that does not exist', async () => {
    const { draft } = await withWaitingDraft()
    const stranger = await ai.signIn()
    for (const id of [draft.id, uuidV7()]) {
      expect((await stranger.get(`/drafts/${id}`)).status).toBe(404)
      expect((await stranger.post(`/drafts/${id}/approve`, { subject: 'x', body: 'y' }, ifMatch)).status).toBe(404)
      expect((await stranger.post(`/drafts/${id}/reject`, {}, ifMatch)).status).toBe(404)
    }
    expect((await stranger.get('/drafts')).body.items).toEqual([])
  })

  it('neither reads nor continues a list of drafts with a cursor of ours', async () => {
    const { agent, conversation } = await withWaitingDraft()
    await conversation.receive('And delivery?')
    await ai.settle()
    const { body } = await agent.get('/drafts?limit=1')
    expect(body.nextCursor).not.toBeNull()
    expect((await (await ai.signIn()).get(`/drafts?limit=1&cursor=${body.nextCursor}`)).status).toBe(400)
  })
})

describe('permissions', () => {
  it('lets a viewer read drafts and nothing else', async () => {
    const { agent, draft, conversation } = await withWaitingDraft()
    const viewer = await ai.signIn({ role: 'viewer', organizationId: agent.organizationId })
    expect((await viewer.get(`/drafts/${draft.id}`)).status).toBe(200)
    expect((await viewer.post(`/drafts/${draft.id}/approve`, { subject: 'x', body: 'y' }, ifMatch)).status).toBe(403)
    expect((await viewer.post(`/drafts/${draft.id}/reject`, {}, ifMatch)).status).toBe(403)
    expect((await viewer.post(`/conversations/${conversation.conversationId}/drafts`, {})).status).toBe(403)
    expect((await viewer.post('/ai/notes', { title: 'x', body: 'y' })).status).toBe(403)
  })

  it('lets a member decide about drafts, but not change how the AI works', async () => {
    const { agent, draft } = await withWaitingDraft()
    const member = await ai.signIn({ role: 'member', organizationId: agent.organizationId })
    const { body: settings } = await member.get('/ai/settings')
    expect((await member.patch('/ai/settings', { tone: 'formal' }, { version: settings.version })).status).toBe(403)
    expect((await member.post(`/drafts/${draft.id}/reject`, {}, { 'if-match': `"${draft.version}"` })).status).toBe(200)
  })
})

it('pages through all drafts, newest first, each once', async () => {
  const { agent, conversation } = await withWaitingDraft()
  await conversation.receive('And delivery?')
  await ai.settle()
  await conversation.receive('And support?')
  await ai.settle()
  const seen: string[] = []
  let cursor: string | null = null
  do {
    const { body } = await agent.get(`/drafts?limit=1${cursor ? `&cursor=${cursor}` : ''}`)
    seen.push(...body.items.map(({ id }: { id: string }) => id))
    cursor = body.nextCursor
  } while (cursor)
  expect(seen).toHaveLength(3)
  expect(seen).toEqual([...new Set(seen)].toSorted().toReversed())
})

it('keeps an organisation within its budget of the hour, and others out of it', async () => {
  const { agent, conversation } = await withWaitingDraft()
  const ask = () => agent.post(`/conversations/${conversation.conversationId}/drafts`, {})
  expect([(await ask()).status, (await ask()).status]).toEqual([202, 202])
  expect(await ask()).toMatchObject({ status: 429, body: { code: 'ai.draft.budget_exhausted' } })
  await ai.settle()

  await conversation.receive('One more question: when do you deliver?')
  await ai.settle()
  const { body } = await agent.get(`/drafts?conversationId=${conversation.conversationId}&status=waiting`)
  expect(body.items).toEqual([])
  expect((await withWaitingDraft()).draft.status).toBe('waiting')
})
