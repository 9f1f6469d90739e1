import type { EmailDomain } from '@ai-crm/contracts'
import { notFound } from '@ai-crm/platform'
import type { Selectable } from 'kysely'
import type { Ctx, Db } from '../../ctx.ts'
import type { Tables } from '../../tables.ts'
import { lapsesAt } from './domain-health.ts'
import { recordName, recordValue } from './domain-proof.ts'

export type DomainRow = Selectable<Tables['emailDomain']>
export const MOST_DOMAINS = 50

export const toDomain = (graceDays: number, { id, name, challenge, verifiedAt, connectionId, proofFailingSince, lapsedAt }: DomainRow): EmailDomain => ({
  id,
  name,
  record: { name: recordName(name), value: recordValue(challenge) },
  verifiedAt: verifiedAt?.toISOString() ?? null,
  lapsesAt: verifiedAt && proofFailingSince ? lapsesAt(proofFailingSince, graceDays).toISOString() : null,
  lapsedAt: lapsedAt?.toISOString() ?? null,
  connectionId,
})

/** Throws `notFound` (404), for another organisation's as for none. */
export async function readDomain(db: Db, id: string): Promise<DomainRow> {
  const row = await db.selectFrom('emailDomain').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) throw notFound('domain')
  return row
}

export async function listDomains({ db, config }: Ctx): Promise<{ items: EmailDomain[] }> {
  const rows = await db.selectFrom('emailDomain').selectAll().orderBy('name').limit(MOST_DOMAINS).execute()
  return { items: rows.map((row) => toDomain(config.DOMAIN_GRACE_DAYS, row)) }
}
