import type { ListRecord } from '@ai-crm/contracts'
import { sql } from 'kysely'
import { linkedCompanies } from '../companies/companies-in-use.ts'
import { followCompany } from '../companies/follow-company.ts'
import type { Ctx, Db, Scope } from '../ctx.ts'
import { leaveDealsOfContact } from '../deals/leave-deals.ts'
import { noteDropped } from './let-go.ts'
import type { Planned } from './plan.ts'
import type { Stages } from '../stages/stage.ts'
import { makeStageTasks } from '../stages/stage-tasks.ts'
import { planPurge } from '../trash/purge-trash.ts'
import { takeBack } from './take-back.ts'

/** What a change of many records leads to, by the same jobs as a change of one. */
export async function followUp(
  ctx: Ctx,
  scope: Pick<Scope, 'db' | 'emitAll' | 'enqueue'>,
  record: ListRecord,
  planned: readonly Planned[],
  stages: Stages,
): Promise<void> {
  const { db, enqueue } = scope
  const idsOf = (does: (one: Planned) => boolean): string[] => planned.filter(does).map(({ id }) => id)
  const deleted = idsOf(({ plan }) => plan.life === 'deleted')
  if (deleted.length > 0) await planPurge(ctx, scope)
  if (record === 'contact') for (const contactId of await inDeals(db, deleted)) await enqueue(leaveDealsOfContact, { contactId }, { key: contactId })
  if (record === 'company') {
    // Imports make companies by the thousand, and whoever takes them back deletes those that are nobody's any more.
    const left = await linkedCompanies(db, deleted)
    for (const companyId of idsOf(({ id, plan }) => left.has(id) || plan.life === 'restored' || plan.changes['name'] !== undefined))
      await enqueue(followCompany, { companyId }, { key: companyId })
  }
  if (record === 'deal') await giveTasks(ctx, scope, planned, stages)
  await noteDropped(
    db,
    planned.flatMap(({ id, plan }) => (plan.letGo ?? []).map((one) => ({ ...one, ofId: id }))),
  )
  for (const id of idsOf(({ plan }) => plan.life === 'restored')) await enqueue(takeBack, { record, id }, { key: id })
}

/** Most people take part in no deal: nothing has to be done for them. Whoever is locked joins none meanwhile. */
async function inDeals(db: Db, contactIds: readonly string[]): Promise<string[]> {
  if (contactIds.length === 0) return []
  const { rows } = await sql<{ id: string }>`select distinct contact_id as id from deal_contact where contact_id = any(${contactIds}::uuid[])`.execute(db)
  return rows.map(({ id }) => id)
}

/** What is to be done in the stages that deals have entered. */
async function giveTasks(ctx: Ctx, scope: Pick<Scope, 'db' | 'emitAll'>, planned: readonly Planned[], stages: Stages): Promise<void> {
  const moved = planned.filter(({ plan }) => plan.changes['stage'] !== undefined)
  if (moved.length === 0) return
  const entered = moved.flatMap(({ id, state, plan }) => {
    const stage = stages.get(String(plan.changes['stage']?.to))
    const ownerId = (plan.changes['ownerId'] ?? { to: state['ownerId'] }).to
    return stage ? [{ dealId: id, ownerId: typeof ownerId === 'string' ? ownerId : null, stage }] : []
  })
  await makeStageTasks(ctx, scope, entered)
}
