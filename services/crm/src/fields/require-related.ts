import type { FieldRecord } from '@ai-crm/contracts'
import type { Asker } from '@ai-crm/platform'
import { sql, type RawBuilder } from 'kysely'
import { maySee as maySeeCompany } from '../companies/company-reach.ts'
import { mayRead as mayReadContact } from '../contacts/contact-reach.ts'
import type { Ctx, Db } from '../ctx.ts'
import { mayRead as mayReadDeal } from '../deals/deal-reach.ts'
import { valuesUnfit } from './errors.ts'

const REACH: Readonly<Record<FieldRecord, (asker: Asker) => RawBuilder<boolean>>> = { contact: mayReadContact, company: maySeeCompany, deal: mayReadDeal }

/** That whoever names the record sees it. Throws `valuesUnfit` (422): another organisation's, out of reach, deleted or never there. */
export async function requireRelated(ctx: Ctx, db: Db, fieldId: string, record: FieldRecord, recordId: string): Promise<void> {
  const isPermitted = !ctx.rights || ctx.rights.permissions.has(`crm.${record}.read`)
  const { rows } = await sql`select from ${sql.table(record)} where id = ${recordId} and deleted_at is null and ${REACH[record](ctx)} for share`.execute(db)
  if (!isPermitted || rows.length === 0) throw valuesUnfit([{ fieldId, message: 'There is no such record' }])
}
