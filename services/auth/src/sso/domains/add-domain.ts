import type { EmailDomain } from '@ai-crm/contracts'
import { sql } from 'kysely'
import { randomBytes } from 'node:crypto'
import type { Ctx } from '../../ctx.ts'
import { tooManyDomains } from '../errors.ts'
import { MOST_DOMAINS, toDomain } from './domain.ts'

/** Claiming proves nothing and takes nothing: any organisation may. A repeat answers with the same record. */
export async function addDomain(ctx: Ctx, name: string): Promise<EmailDomain> {
  return ctx.write(async ({ db }) => {
    await sql`select pg_advisory_xact_lock(hashtextextended('auth.sso:' || ${ctx.organizationId}::text, 0))`.execute(db)
    const known = await db.selectFrom('emailDomain').selectAll().execute()
    const same = known.find((domain) => domain.name === name)
    if (same) return toDomain(ctx.config.DOMAIN_GRACE_DAYS, same)
    if (known.length >= MOST_DOMAINS) throw tooManyDomains(MOST_DOMAINS)
    const connections = await db.selectFrom('ssoConnection').select('id').limit(2).execute()
    const row = await db
      .insertInto('emailDomain')
      .values({ name, challenge: randomBytes(32).toString('base64url'), connectionId: connections.length === 1 ? (connections[0]?.id ?? null) : null })
      .returningAll()
      .executeTakeFirstOrThrow()
    return toDomain(ctx.config.DOMAIN_GRACE_DAYS, row)
  })
}
