import { companyDeleted } from '@ai-crm/contracts'
import { writable } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { Ctx, Db } from '../ctx.ts'
import { mayRead, mayWrite } from './company-reach.ts'
import { followCompany } from './follow-company.ts'
import { planPurge } from '../trash/purge-trash.ts'

/**
 * Takes the company out of sight and frees its domains; its people and what belonged to it let go of it by a job. Repeated, it
 * has no further effect. Throws 404, and `recordLocked` (403).
 */
export async function deleteCompany(ctx: Ctx, companyId: string): Promise<void> {
  await ctx.write(async (scope) => {
    const { db, emit, enqueue } = scope
    const { deletedAt } = writable(await lockCompany(ctx, db, companyId), 'company')
    if (deletedAt !== null) return
    await db
      .updateTable('company')
      .set({ deletedAt: sql<Date>`now()`, version: sql<number>`version + 1` })
      .where('id', '=', companyId)
      .execute()
    await emit(companyDeleted({ companyId }))
    await planPurge(ctx, scope)
    await enqueue(followCompany, { companyId }, { key: companyId })
  })
}

const lockCompany = (ctx: Ctx, db: Db, companyId: string) =>
  db
    .selectFrom('company')
    .select(['deletedAt', mayWrite(ctx).as('mayWrite')])
    .where('id', '=', companyId)
    .where(mayRead(ctx))
    .forUpdate()
    .executeTakeFirst()
