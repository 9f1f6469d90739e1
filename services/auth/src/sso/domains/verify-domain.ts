import type { EmailDomain } from '@ai-crm/contracts'
import { sql } from 'kysely'
import type { Ctx } from '../../ctx.ts'
import { lockActor } from '../../members/lock-members.ts'
import { recordSecurityEvent } from '../../security-log/record-security-event.ts'
import { domainTaken, recordMissing } from '../errors.ts'
import { lockPolicy } from '../policy/policy.ts'
import { readDomain, toDomain } from './domain.ts'
import { lookUpTexts, recordName, recordValue } from './domain-proof.ts'

/**
 * Whoever can write this record has the domain; from the commit on it belongs to this organisation and to no other. Asks
 * the name servers outside of the transaction. Throws `recordMissing`, `domainTaken` (409).
 */
export async function verifyDomain(ctx: Ctx, id: string): Promise<EmailDomain> {
  const known = await readDomain(ctx.db, id)
  const { name, challenge, verifiedAt, proofFailingSince } = known
  if (verifiedAt && !proofFailingSince) return toDomain(ctx.config.DOMAIN_GRACE_DAYS, known)
  const { texts } = await lookUpTexts(ctx)(recordName(name))
  if (!texts.includes(recordValue(challenge))) throw recordMissing(recordName(name))
  return ctx.write(async (scope) => {
    const { db } = scope
    await lockActor(ctx, db, 'auth.sso.manage')
    await lockPolicy(ctx, db)
    await readDomain(db, id)
    const captured = await db
      .insertInto('capturedDomain')
      .values({ name, tenantId: ctx.organizationId, domainId: id })
      // What lapsed is anybody's who proves it.
      .onConflict((conflict) =>
        conflict
          .column('name')
          .doUpdateSet({ tenantId: ctx.organizationId, domainId: id, lapsedAt: null, recheckAt: sql<Date>`excluded.recheck_at` })
          .where('capturedDomain.lapsedAt', 'is not', null),
      )
      .returning('name')
      .executeTakeFirst()
    const owner = captured ? null : await db.selectFrom('capturedDomain').select('domainId').where('name', '=', name).executeTakeFirst()
    if (owner && owner.domainId !== id) throw domainTaken()
    const verified = await db
      .updateTable('emailDomain')
      .set({ verifiedAt: sql<Date>`coalesce(verified_at, now())`, lapsedAt: null, proofFailures: 0, proofFailingSince: null })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow()
    if (captured) recordSecurityEvent(scope, { kind: 'domain.verified', about: { type: 'domain', id }, details: { name } })
    return toDomain(ctx.config.DOMAIN_GRACE_DAYS, verified)
  })
}
