import type { SearchIndex } from '@ai-crm/platform'
import { startService } from '@ai-crm/testing'
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import type { Ctx } from '../ctx.ts'
import service from '../service.ts'
import { feedIndex, noteChange } from './feed-index.ts'

// An index that remembers what it was told of: what is looked at is who waits for whom before that.
const told = new Set<string>()
const remembering: SearchIndex = {
  find: async () => null,
  async write(_organizationId, load) {
    for (const { id } of await load()) told.add(id)
  },
  forget: async () => {},
  isBuilt: async () => true,
  beginGeneration: () => Promise.reject(new Error('It is built.')),
  mayPass: () => false,
  isHealthy: () => true,
  close: async () => {},
}

const crm = await startService(service, { search: remembering })
// oxlint-disable-next-line no-unsafe-type-assertion -- the context of this service
const ctxOf = (organizationId: string) => crm.ctx(organizationId) as Ctx
const plan = (ctx: Ctx, runAt: Date) => ctx.write(({ enqueue }) => enqueue(feedIndex, null, { key: 'feed', runAt }))
const [soon, never] = [() => new Date(Date.now() + 300), () => new Date(Date.now() + 3_600_000)]

it('lets nobody who notes a change wait for another who does', async () => {
  const ctx = ctxOf((await crm.signIn()).organizationId)
  await plan(ctx, never())
  await ctx.write(async (scope) => {
    await noteChange(scope, 'contact', crypto.randomUUID())
    await ctx.write((other) => noteChange(other, 'contact', crypto.randomUUID()))
  })
  const changes = await ctx.db.selectFrom('searchChange').select('id').execute()
  expect(changes).toHaveLength(2)
})

it('tells the index what somebody notes who found the job waiting, though it began before they were done', async () => {
  const ctx = ctxOf((await crm.signIn()).organizationId)
  const id = crypto.randomUUID()
  await plan(ctx, soon())
  await ctx.write(async (scope) => {
    await noteChange(scope, 'contact', id)
    // Behind the statement that finds the job waiting, and before the commit: the job begins in between.
    scope.atCommit(sql`select pg_sleep(1.8)`)
  })
  await crm.settle()
  expect([...told]).toContain(id)
})
