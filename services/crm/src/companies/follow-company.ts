import { companyUpdated, contactUpdated, dealUpdated } from '@ai-crm/contracts'
import type { Job } from '@ai-crm/platform'
import { sql } from 'kysely'
import { z } from 'zod'
import { isStillDeleted, noteLetGo } from '../changes/let-go.ts'
import type { Ctx, Scope } from '../ctx.ts'

const BATCH = 100

/** What refers to a company follows it: its people take its new name, or let go of a deleted one; runs `follow`. */
export const followCompany: Job<{ companyId: string }> = { name: 'crm.follow-company', payload: z.object({ companyId: z.uuid() }) }

/** In batches, each change with its event: a crash goes on where it was. Works with what the company is by now. */
export async function follow(ctx: Ctx, { companyId }: { companyId: string }): Promise<void> {
  const company = await ctx.db.selectFrom('company').select(['name', 'deletedAt', 'mergedInto']).where('id', '=', companyId).executeTakeFirst()
  // What belonged to one that was merged goes with that (merges/move-children.ts).
  if (!company || company.mergedInto !== null) return
  const steps = company.deletedAt === null ? [renamePeople] : [leavePeople, leaveDeals, leaveChildren].map(whileDeleted)
  for (const step of steps) for (let moved = BATCH; moved === BATCH && !ctx.signal.aborted;) moved = await step(ctx, companyId)
}

type Leave = (scope: Pick<Scope, 'db' | 'emitAll'>, companyId: string) => Promise<number>

/** One that comes back meanwhile keeps what is left. */
const whileDeleted =
  (leave: Leave) =>
  async (ctx: Ctx, companyId: string): Promise<number> =>
    ctx.write(async (scope) => ((await isStillDeleted(scope.db, 'company', companyId)) ? leave(scope, companyId) : 0))

async function renamePeople(ctx: Ctx, companyId: string): Promise<number> {
  return ctx.write(async ({ db, emitAll }) => {
    const { rows } = await sql<{ id: string; from: string | null; to: string }>`
      with people as (
        select contact.id, contact.company, company.name from contact
          join company on company.organization_id = contact.organization_id and company.id = contact.company_id
         where contact.company_id = ${companyId} and contact.deleted_at is null and company.deleted_at is null
           and contact.company is distinct from company.name
         order by contact.id limit ${BATCH} for update of contact
      )
      update contact set company = people.name, version = version + 1, updated_at = date_trunc('milliseconds', now())
        from people where contact.id = people.id
      returning contact.id, people.company as "from", people.name as "to"`.execute(db)
    await emitAll(rows.map(({ id, from, to }) => contactUpdated({ contactId: id, changes: { company: { from, to } } })))
    return rows.length
  })
}

/** The text stays: where somebody works does not change by it. */
async function leavePeople({ db, emitAll }: Pick<Scope, 'db' | 'emitAll'>, companyId: string): Promise<number> {
  const left = await db
    .updateTable('contact')
    .set({ companyId: null, version: sql<number>`version + 1`, updatedAt: sql<Date>`date_trunc('milliseconds', now())` })
    .where('id', 'in', (eb) =>
      eb.selectFrom('contact').select('id').where('companyId', '=', companyId).where('deletedAt', 'is', null).orderBy('id').limit(BATCH).forUpdate(),
    )
    .returning('id')
    .execute()
  await noteLetGo(db, companyId, 'company-of-contact', left)
  await emitAll(left.map(({ id }) => contactUpdated({ contactId: id, changes: { companyId: { from: companyId, to: null } } })))
  return left.length
}

async function leaveDeals({ db, emitAll }: Pick<Scope, 'db' | 'emitAll'>, companyId: string): Promise<number> {
  const left = await db
    .updateTable('deal')
    .set({ companyId: null, version: sql<number>`version + 1`, updatedAt: sql<Date>`date_trunc('milliseconds', now())` })
    .where('id', 'in', (eb) =>
      eb.selectFrom('deal').select('id').where('companyId', '=', companyId).where('deletedAt', 'is', null).orderBy('id').limit(BATCH).forUpdate(),
    )
    .returning('id')
    .execute()
  await noteLetGo(db, companyId, 'company-of-deal', left)
  await emitAll(left.map(({ id }) => dealUpdated({ dealId: id, changes: { companyId: { from: companyId, to: null } } })))
  return left.length
}

async function leaveChildren({ db, emitAll }: Pick<Scope, 'db' | 'emitAll'>, companyId: string): Promise<number> {
  const left = await db
    .updateTable('company')
    .set({ parentId: null, version: sql<number>`version + 1`, updatedAt: sql<Date>`date_trunc('milliseconds', now())` })
    .where('id', 'in', (eb) =>
      eb.selectFrom('company').select('id').where('parentId', '=', companyId).where('deletedAt', 'is', null).orderBy('id').limit(BATCH).forUpdate(),
    )
    .returning('id')
    .execute()
  await noteLetGo(db, companyId, 'parent-of-company', left)
  await emitAll(left.map(({ id }) => companyUpdated({ companyId: id, changes: { parentId: { from: companyId, to: null } } })))
  return left.length
}
