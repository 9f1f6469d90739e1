import { apiKeyRevoked, operationFinished, operationStarted, rightsRefreshed } from '@ai-crm/contracts'
import { startService, type Agent } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import type { Ctx } from '../ctx.ts'
import service from '../service.ts'
import { beginOperation } from './begin-operation.ts'
import { endForKey } from './end-operations.ts'
import { finishOperation, noteOutcomes, setTotal, takeOperation } from './operation-progress.ts'
import { askedBy, storedRights } from './operation-rights.ts'

const crm = await startService(service)

/** As a request of the agent would have it. */
const ctxOf = (agent: Agent): Ctx =>
  askedBy(crm.ctx(agent.organizationId) as Ctx, { userId: agent.userId, permissions: ['crm.contact.read', 'crm.contact.update'], scopes: {}, fields: {} })

async function begun(agent: Agent): Promise<string> {
  const ctx = ctxOf(agent)
  return ctx.write(async (scope) => (await beginOperation(ctx, scope, { kind: 'import', record: 'contact', asked: { file: 'x' }, total: null })).id)
}

it('counts what became of each record once, however often a step is told, and says so meanwhile and at the end', async () => {
  const agent = await crm.signIn()
  const shown: unknown[] = []
  const [operationId, ctx] = [await begun(agent), { ...ctxOf(agent), showOperation: (...told: unknown[]) => void shown.push(told) }]
  const { id: recordId } = (await agent.post('/contacts', { name: 'Ada' })).body
  expect((await agent.get(`/record-operations/${operationId}`)).body).toMatchObject({ status: 'waiting', total: null, changed: 0, reasons: [] })
  const step = () =>
    ctx.write(async (scope) => {
      await takeOperation(scope.db, operationId)
      await setTotal(scope.db, operationId, 3)
      await noteOutcomes(ctx, scope, operationId, [
        { ordinal: 0, recordId, outcome: 'changed', versions: [1, 1] },
        { ordinal: 1, recordId: null, outcome: 'skipped', code: 'crm.contact.email_taken', detail: 'ada@example.org' },
        { ordinal: 2, recordId: null, outcome: 'unchanged' },
      ])
    })
  await step()
  await step()
  expect(shown[0]).toEqual([agent.userId, { id: operationId, total: 3, changed: 1, unchanged: 1, skipped: 1 }])
  expect((await agent.get(`/record-operations/${operationId}`)).body).toMatchObject({ status: 'running', total: 3, changed: 1, unchanged: 1, skipped: 1 })
  await ctx.write((scope) => finishOperation(scope, operationId, 'done'))
  await ctx.write(async ({ db }) => expect(await takeOperation(db, operationId)).toBeNull())
  expect(await ctx.write((scope) => finishOperation(scope, operationId, 'failed'))).toBeNull()
  expect((await agent.get(`/record-operations/${operationId}`)).body).toMatchObject({
    status: 'done',
    reasons: [{ code: 'crm.contact.email_taken', count: 1 }],
    startedById: agent.userId,
  })
  expect((await agent.get(`/record-operations/${operationId}/records`)).body.items).toEqual([
    { ordinal: 1, recordId: null, name: null, outcome: 'skipped', code: 'crm.contact.email_taken', detail: 'ada@example.org' },
  ])
  expect((await agent.get(`/record-operations/${operationId}/records?outcome=changed`)).body.items).toMatchObject([{ ordinal: 0, recordId, name: 'Ada' }])
  expect((await crm.emitted(operationStarted, agent.organizationId)).map(({ data }) => data)).toMatchObject([{ operationId, kind: 'import' }])
  expect((await crm.emitted(operationFinished, agent.organizationId)).map(({ data }) => data)).toMatchObject([{ status: 'done', changed: 1, skipped: 1 }])
})

it('ends with the rights it began with: of a person, or of everybody in a role, and of nobody else', async () => {
  const [ada, bob] = [await crm.signIn(), await crm.signIn()]
  const [roleId, otherRole] = [crypto.randomUUID(), crypto.randomUUID()]
  const { organizationId } = ada
  const start = (who: Agent, role: string) => {
    const ctx = askedBy(crm.ctx(organizationId) as Ctx, { userId: who.userId, role, permissions: ['crm.contact.update'], scopes: {}, fields: {} })
    return ctx.write(async (scope) => (await beginOperation(ctx, scope, { kind: 'change', record: 'contact', asked: {}, total: null })).id)
  }
  const [adas, bobs, others] = [await start(ada, 'member'), await start(bob, roleId), await start(bob, otherRole)]
  const states = async () => {
    const rows = await crm.database.asAdmin(`select id, status from crm.operation where organization_id = '${organizationId}'`)
    return [adas, bobs, others].map((id) => rows.find((row) => row['id'] === id)?.['status'])
  }
  const stranger = await crm.signIn()
  await crm.deliver(rightsRefreshed({ subject: 'member', subjectId: ada.userId }), { organizationId: stranger.organizationId })
  expect(await states()).toEqual(['waiting', 'waiting', 'waiting'])
  await crm.deliver(rightsRefreshed({ subject: 'member', subjectId: ada.userId }), { organizationId })
  expect(await states()).toEqual(['cancelled', 'waiting', 'waiting'])
  await crm.deliver(rightsRefreshed({ subject: 'role', subjectId: roleId }), { organizationId })
  expect(await states()).toEqual(['cancelled', 'cancelled', 'waiting'])
  // Begun with new rights, before the change of the old ones was heard of.
  await crm.database.asAdmin(`update crm.operation set created_at = now() + interval '1 minute' where id = '${others}'`)
  await crm.deliver(rightsRefreshed({ subject: 'role', subjectId: otherRole }), { organizationId })
  expect(await states()).toEqual(['cancelled', 'cancelled', 'waiting'])
  await (crm.ctx(organizationId) as Ctx).write(async ({ db }) => expect(await takeOperation(db, adas)).toBeNull())
  expect((await crm.emitted(operationFinished, organizationId)).map(({ data }) => data.status)).toEqual(['cancelled', 'cancelled'])
})

it('ends with the key that began it, and what a token of that key still begins with it', async () => {
  const [keyId, otherKey] = [crypto.randomUUID(), crypto.randomUUID()]
  const { organizationId, userId } = await crm.signIn()
  const start = (id: string | null) => {
    const by = crm.ctx(organizationId, id === null ? { type: 'user', id: userId } : { type: 'api-key', id }) as Ctx
    const ctx = askedBy(by, { userId, permissions: ['crm.contact.import'], scopes: {}, fields: {} })
    return ctx.write(async (scope) => (await beginOperation(ctx, scope, { kind: 'import', record: 'contact', asked: {}, total: null })).id)
  }
  const began = [await start(keyId), await start(otherKey), await start(null)]
  const states = async (ids: readonly string[]) => {
    const rows = await crm.database.asAdmin(`select id, status from crm.operation where organization_id = '${organizationId}'`)
    return ids.map((id) => rows.find((row) => row['id'] === id)?.['status'])
  }
  await crm.deliver(apiKeyRevoked({ keyId }), { organizationId: (await crm.signIn()).organizationId })
  expect(await states(began)).toEqual(['waiting', 'waiting', 'waiting'])
  await crm.deliver(apiKeyRevoked({ keyId }), { organizationId })
  expect(await states(began)).toEqual(['cancelled', 'waiting', 'waiting'])
  // Until that is known everywhere.
  const late = await start(keyId)
  await endForKey(crm.ctx(organizationId) as Ctx, { keyId })
  expect(await states([late])).toEqual(['cancelled'])
  const [{ planned } = {}] = await crm.database.asAdmin(
    `select run_at > now() + interval '5 seconds' as planned from crm.job where name = 'crm.end-operations-of-key' and organization_id = '${organizationId}'`,
  )
  expect(planned).toBe(true)
})

it('is its starter’s alone: a colleague and another organisation see, list, stop none', async () => {
  const agent = await crm.signIn()
  const operationId = await begun(agent)
  const others = [await crm.signIn(), await crm.signIn({ organizationId: agent.organizationId })]
  for (const other of others) {
    for (const path of [`/record-operations/${operationId}`, `/record-operations/${operationId}/records`]) expect((await other.get(path)).status).toBe(404)
    expect((await other.post(`/record-operations/${operationId}/cancel`)).status).toBe(404)
    expect((await other.get('/record-operations')).body.items).toEqual([])
  }
  const second = await begun(agent)
  const page = (await agent.get('/record-operations?limit=1')).body
  expect(page.items).toMatchObject([{ id: second }])
  expect((await agent.get(`/record-operations?limit=1&cursor=${page.nextCursor}`)).body).toMatchObject({ items: [{ id: operationId }], nextCursor: null })
  expect((await agent.post(`/record-operations/${operationId}/cancel`)).body).toMatchObject({ status: 'cancelled' })
  expect((await agent.post(`/record-operations/${operationId}/cancel`)).body).toMatchObject({ status: 'cancelled' })
})

it('keeps the rights of whoever starts it, and no job has more', async () => {
  const agent = await crm.signIn()
  const stored = storedRights(ctxOf(agent))
  const ctx = askedBy(crm.ctx(agent.organizationId) as Ctx, JSON.parse(JSON.stringify(stored)))
  expect([...(ctx.rights?.permissions ?? [])]).toEqual(['crm.contact.read', 'crm.contact.update'])
  expect(ctx.rights).toMatchObject({ userId: agent.userId, scopes: {}, fields: {} })
})
