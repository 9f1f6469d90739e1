import type { EmailDomain } from '@ai-crm/contracts'
import { sql } from 'kysely'
import type { Ctx } from '../../ctx.ts'
import { recordSecurityEvent } from '../../security-log/record-security-event.ts'
import { domainTaken, recordMissing } from '../errors.ts'
import { lockPolicy } from '../policy/policy.ts'
import { readDomain, toDomain } from './domain.ts'
import { recordName, recordValue, textRecordsOf } from './domain-proof.ts'

/**
 * Whoever can write this record has the domain; from the commit on it belongs to this organisation and to no other. Asks
 * the name servers outside of the transaction. Throws `recordMissing`, `domainTaken` (409).
 */
export async function verifyDomain(ctx: Ctx, id: string): Promise<EmailDomain> {
  const { name, challenge, verifiedAt, ...row } = await readDomain(ctx.db, id)
  if (verifiedAt) return toDomain({ ...row, name, challenge, verifiedAt })
  const records = await textRecordsOf(ctx)(recordName(name))
  if (!records.includes(recordValue(challenge))) throw recordMissing(recordName(name))
  return ctx.write(async (scope) => {
    const { db } = scope
    await lockPolicy(ctx, db)
    await readDomain(db, id)
    const captured = await db
      .insertInto('capturedDomain')
      .values({ name, tenantId: ctx.organizationId, domainId: id })
      .onConflict((conflict) => conflict.column('name').doNothing())
      .returning('name')
      .executeTakeFirst()
    const owner = captured ? null : await db.selectFrom('capturedDomain').select('domainId').where('name', '=', name).executeTakeFirst()
    if (owner && owner.domainId !== id) throw domainTaken()
    const verified = await db
      .updateTable('emailDomain')
      .set({ verifiedAt: sql<Date>`coalesce(verified_at, now())` })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow()
    if (captured) recordSecurityEvent(scope, { kind: 'domain.verified', about: { type: 'domain', id }, details: { name } })
    return toDomain(verified)
  })
}
