import { pipelinexCreated } from '@ai-crm/contracts'
import { startService } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import service from '../service.ts'

const pipeline = await startService(service)

it('stores the pipelinex and announces it once', async () => {
  const agent = await pipeline.signIn()
  const { status, body } = await agent.post('/pipelinexes', { name: 'First' })
  expect(status).toBe(201)
  expect((await agent.get(`/pipelinexes/${body.id}`)).body).toEqual(body)
  expect((await agent.get('/pipelinexes')).body.items).toEqual([body])
  expect(await pipeline.emitted(pipelinexCreated, agent.organizationId)).toMatchObject([{ data: { pipelinexId: body.id, name: 'First' } }])
})

it('hides the pipelinex from another organisation', async () => {
  const [ours, theirs] = [await pipeline.signIn(), await pipeline.signIn()]
  const { body } = await ours.post('/pipelinexes', { name: 'Ours' })
  expect((await theirs.get(`/pipelinexes/${body.id}`)).status).toBe(404)
  expect((await theirs.get('/pipelinexes')).body.items).toEqual([])
})

it('needs the permission to create one', async () => {
  const viewer = await pipeline.signIn({ role: 'viewer' })
  expect((await viewer.post('/pipelinexes', { name: 'Not allowed' })).status).toBe(403)
})
