import type { Company, Contact, Deal, ListRecord } from '@ai-crm/contracts'
import { sql } from 'kysely'
import { COMPANY_COLUMNS, type CompanyRow, toCompany } from '../companies/company.ts'
import { mayRead as mayReadCompany, mayWrite as mayWriteCompany } from '../companies/company-reach.ts'
import { CONTACT_COLUMNS, type ContactRow, toContact } from '../contacts/contact.ts'
import { mayRead as mayReadContact, mayWrite as mayWriteContact } from '../contacts/contact-reach.ts'
import type { Ctx, Db } from '../ctx.ts'
import { dealColumns, type DealRow, toDeal } from '../deals/deal.ts'
import { mayRead as mayReadDeal, mayWrite as mayWriteDeal } from '../deals/deal-reach.ts'

/** A record within reach, deleted ones too. */
export interface LockedRecord<State> {
  readonly state: State
  readonly isDeleted: boolean
  readonly mayWrite: boolean
}

export type StateOf = { contact: Contact; company: Company; deal: Deal }
type Kept = { deletedAt: Date | null; mayWrite: boolean }

/** By their ids, in one statement and one order, without what was merged into another one: that comes back by undoing that alone. `isLocking` keeps them until the end of the transaction. */
export async function lockRecords<Record extends ListRecord>(
  ctx: Ctx,
  db: Db,
  record: Record,
  ids: readonly string[],
  isLocking: boolean,
): Promise<ReadonlyMap<string, LockedRecord<StateOf[Record]>>> {
  const rows = await READ[record](ctx, db, ids, isLocking)
  return new Map(rows.map(({ state, row }) => [state.id, { state, isDeleted: row.deletedAt !== null, mayWrite: row.mayWrite }]))
}

type Read<State> = (ctx: Ctx, db: Db, ids: readonly string[], isLocking: boolean) => Promise<{ state: State; row: Kept }[]>

const READ: { readonly [Record in ListRecord]: Read<StateOf[Record]> } = {
  contact: async (ctx, db, ids, isLocking) => {
    const rows = await db
      .selectFrom('contact')
      .select([...CONTACT_COLUMNS, 'contact.deletedAt', mayWriteContact(ctx).as('mayWrite')])
      .where('contact.id', '=', among(ids))
      .where('contact.mergedInto', 'is', null)
      .where(mayReadContact(ctx))
      .orderBy('contact.id')
      .$if(isLocking, (query) => query.forUpdate())
      .execute()
    return rows.map((row: ContactRow & Kept) => ({ state: toContact(row), row }))
  },
  company: async (ctx, db, ids, isLocking) => {
    const rows = await db
      .selectFrom('company')
      .select([...COMPANY_COLUMNS, 'company.deletedAt', mayWriteCompany(ctx).as('mayWrite')])
      .where('company.id', '=', among(ids))
      .where('company.mergedInto', 'is', null)
      .where(mayReadCompany(ctx))
      .orderBy('company.id')
      .$if(isLocking, (query) => query.forUpdate())
      .execute()
    return rows.map((row: CompanyRow & Kept) => ({ state: toCompany(row), row }))
  },
  deal: async (ctx, db, ids, isLocking) => {
    const rows = await db
      .selectFrom('deal')
      .select([...dealColumns(ctx), 'deal.deletedAt', mayWriteDeal(ctx).as('mayWrite')])
      .where('deal.id', '=', among(ids))
      .where(mayReadDeal(ctx))
      .orderBy('deal.id')
      .$if(isLocking, (query) => query.forUpdate())
      .execute()
    return rows.map((row: DealRow & Kept) => ({ state: toDeal(row), row }))
  },
}

const among = (ids: readonly string[]) => sql<string>`any(${ids}::uuid[])`
