import { companyUpdated, contactUpdated, type DealContact, dealUpdated, ListRecord } from '@ai-crm/contracts'
import { AppError, type Job } from '@ai-crm/platform'
import { sql } from 'kysely'
import { z } from 'zod'
import { lockTree, requireParent } from '../companies/company-tree.ts'
import type { Ctx, Scope } from '../ctx.ts'
import type { LetGoKind } from './let-go.ts'

const BATCH = 100
const MAX_PEOPLE = 20

/** What let go of a record when it was deleted takes it back; runs `takeBackAll`. */
export const takeBack: Job<{ record: ListRecord; id: string }> = { name: 'crm.take-back', payload: z.object({ record: ListRecord, id: z.uuid() }) }

type Taken = { id: string; role: string | null }
type Step = (ctx: Ctx, scope: Pick<Scope, 'db' | 'emit' | 'emitAll'>, id: string, left: readonly Taken[]) => Promise<void>

const STEPS: Readonly<Record<ListRecord, readonly (readonly [LetGoKind, Step])[]>> = {
  contact: [['contact-of-deal', joinDeals]],
  company: [
    ['company-of-contact', linkPeople],
    ['company-of-deal', linkDeals],
    ['parent-of-company', takeDaughters],
  ],
  deal: [],
}

/** In batches, each change with its event: a crash goes on where it was. What has changed since stays as it is. */
export async function takeBackAll(ctx: Ctx, { record, id }: { record: ListRecord; id: string }): Promise<void> {
  for (const [kind, step] of STEPS[record]) for (let taken = BATCH; taken === BATCH && !ctx.signal.aborted;) taken = await takeSome(ctx, record, id, kind, step)
}

/** One that is deleted again meanwhile leaves the others noted: for the next time that it comes back. */
async function takeSome(ctx: Ctx, record: ListRecord, id: string, kind: LetGoKind, step: Step): Promise<number> {
  return ctx.write(async (scope) => {
    // Daughters of a company are taken back under the lock of the tree, which comes before any company's.
    if (kind === 'parent-of-company') await lockTree(ctx, scope.db)
    const living = await sql`select from ${sql.table(record)} where id = ${id}::uuid and deleted_at is null for share`.execute(scope.db)
    if (living.rows.length === 0) return 0
    const { rows } = await sql<Taken>`delete from let_go where record_id = ${id}::uuid and kind = ${kind}
      and of_id in (select of_id from let_go where record_id = ${id}::uuid and kind = ${kind} order by of_id limit ${BATCH}) returning of_id as id, role`.execute(
      scope.db,
    )
    if (rows.length > 0) await step(ctx, scope, id, rows)
    return rows.length
  })
}

const idsOf = (left: readonly Taken[]): string[] => left.map(({ id }) => id)
const now = sql`date_trunc('milliseconds', now())`

async function joinDeals(_ctx: Ctx, { db, emitAll }: Pick<Scope, 'db' | 'emitAll'>, contactId: string, left: readonly Taken[]): Promise<void> {
  const { rows } = await sql<{ id: string; from: DealContact[]; to: DealContact[] }>`
    with joining as (
      select deal.id, deal.contacts, given.role from deal join jsonb_to_recordset(${JSON.stringify(left)}::jsonb) as given (id uuid, role text) on given.id = deal.id
       where deal.id = any(${idsOf(left)}::uuid[]) and deal.deleted_at is null and jsonb_array_length(deal.contacts) < ${MAX_PEOPLE}
         and not deal.contacts @> jsonb_build_array(jsonb_build_object('contactId', ${contactId}::text))
         and exists (select from contact where contact.id = ${contactId}::uuid and contact.deleted_at is null)
       order by deal.id for update of deal
    )
    update deal set contacts = joining.contacts || jsonb_build_array(jsonb_build_object('contactId', ${contactId}::text, 'role', joining.role)),
           version = version + 1, updated_at = ${now}
      from joining where deal.id = joining.id
    returning deal.id, joining.contacts as "from", deal.contacts as "to"`.execute(db)
  await emitAll(rows.map(({ id, from, to }) => dealUpdated({ dealId: id, changes: { contacts: { from, to } } })))
}

/** Whoever still has the company’s name: where somebody wrote another one, that counts. */
async function linkPeople(_ctx: Ctx, { db, emitAll }: Pick<Scope, 'db' | 'emitAll'>, companyId: string, left: readonly Taken[]): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    with returning_person as (
      select contact.id from contact join company on company.organization_id = contact.organization_id and company.id = ${companyId}::uuid
       where contact.id = any(${idsOf(left)}::uuid[]) and contact.deleted_at is null and contact.company_id is null
         and company.deleted_at is null and contact.company = company.name
       order by contact.id for update of contact
    )
    update contact set company_id = ${companyId}::uuid, version = version + 1, updated_at = ${now}
      from returning_person where contact.id = returning_person.id returning contact.id`.execute(db)
  await emitAll(rows.map(({ id }) => contactUpdated({ contactId: id, changes: { companyId: { from: null, to: companyId } } })))
}

async function linkDeals(_ctx: Ctx, { db, emitAll }: Pick<Scope, 'db' | 'emitAll'>, companyId: string, left: readonly Taken[]): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    with returning_deal as (
      select deal.id from deal where deal.id = any(${idsOf(left)}::uuid[]) and deal.deleted_at is null and deal.company_id is null
         and exists (select from company where company.id = ${companyId}::uuid and company.deleted_at is null)
       order by deal.id for update of deal
    )
    update deal set company_id = ${companyId}::uuid, version = version + 1, updated_at = ${now}
      from returning_deal where deal.id = returning_deal.id returning deal.id`.execute(db)
  await emitAll(rows.map(({ id }) => dealUpdated({ dealId: id, changes: { companyId: { from: null, to: companyId } } })))
}

/** One after the other, with the tree locked: what belongs to what may have changed so that it cannot be as before. */
async function takeDaughters(ctx: Ctx, { db, emit }: Pick<Scope, 'db' | 'emit'>, parentId: string, left: readonly Taken[]): Promise<void> {
  for (const companyId of idsOf(left).toSorted()) {
    const there = await db.selectFrom('company').select('parentId').where('id', '=', companyId).where('deletedAt', 'is', null).forUpdate().executeTakeFirst()
    if (!there || there.parentId !== null || !(await mayBelong(ctx, db, companyId, parentId))) continue
    await db
      .updateTable('company')
      .set({ parentId, version: sql<number>`version + 1`, updatedAt: sql<Date>`date_trunc('milliseconds', now())` })
      .where('id', '=', companyId)
      .execute()
    await emit(companyUpdated({ companyId, changes: { parentId: { from: null, to: parentId } } }))
  }
}

async function mayBelong(ctx: Ctx, db: Scope['db'], companyId: string, parentId: string): Promise<boolean> {
  try {
    await requireParent(ctx, db, companyId, parentId)
    return true
  } catch (error) {
    if (error instanceof AppError) return false
    throw error
  }
}
