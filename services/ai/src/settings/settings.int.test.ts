import { aiSettingsUpdated, authSagaRequested } from '@ai-crm/contracts'
import { startService } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import service from '../service.ts'

const ai = await startService(service)

it('has settings before anything was set, and says that no model is configured', async () => {
  const agent = await ai.signIn()
  expect(await agent.get('/ai/settings')).toMatchObject({
    status: 200,
    body: { isAutoDraftOn: true, tone: 'neutral', instructions: '', provider: 'local', model: '', version: 1 },
  })
})

it('changes settings once per version, and tells', async () => {
  const agent = await ai.signIn()
  await agent.get('/ai/settings')
  const change = { tone: 'formal', instructions: 'We sell engines.' }
  const answers = await Promise.all([1, 2, 3].map(() => agent.patch('/ai/settings', change, { version: 1 })))
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409])
  expect((await agent.get('/ai/settings')).body).toMatchObject({ ...change, isAutoDraftOn: true, version: 2 })
  expect(await ai.emitted(aiSettingsUpdated, agent.organizationId)).toMatchObject([{ data: { ...change, isAutoDraftOn: true } }])
})

it('keeps what was set when the organisation’s creation arrives late', async () => {
  const agent = await ai.signIn()
  await agent.get('/ai/settings')
  await agent.patch('/ai/settings', { tone: 'friendly' }, { version: 1 })
  const { organizationId } = agent
  const input = { name: 'Acme', slug: 'acme', locale: 'ru' }
  await ai.deliver(authSagaRequested({ sagaId: crypto.randomUUID(), step: 'ai.prepare-settings', action: 'do', input }), { organizationId })
  expect((await agent.get('/ai/settings')).body).toMatchObject({ tone: 'friendly', version: 2 })
})

it('belong to one organisation', async () => {
  const [ours, theirs] = [await ai.signIn(), await ai.signIn()]
  await ours.get('/ai/settings')
  await ours.patch('/ai/settings', { instructions: 'Our secret' }, { version: 1 })
  expect((await theirs.get('/ai/settings')).body.instructions).toBe('')
})
