import type { CreateSsoConnection, Role, SsoConnection } from '@ai-crm/contracts'
import { isUniqueViolation } from '@ai-crm/platform'
import { sql } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import type { Ctx } from '../../ctx.ts'
import { requireBuiltIn } from '../../roles/grantable.ts'
import { findActor, lockActor, type LockedMember } from '../../members/lock-members.ts'
import { recordSecurityEvent } from '../../security-log/record-security-event.ts'
import { connectionTaken, tooManyConnections } from '../errors.ts'
import { checkIssuer } from '../provider/check-issuer.ts'
import { sealSecret, toConnection } from './connection.ts'

const MOST = 10

/** Asks the issuer for its metadata, then stores. Throws what `requireBuiltIn` throws (403), `issuerRefused` (422), `connectionTaken`, `tooManyConnections` (409). */
export async function createConnection(ctx: Ctx, { clientSecret, ...input }: CreateSsoConnection): Promise<SsoConnection> {
  // Nobody else has a server asked; locked it is looked at once more.
  judge(await findActor(ctx, ctx.db, 'auth.sso.manage'), input.defaultRole)
  const id = uuidv7()
  const issuer = await checkIssuer(ctx, { kind: 'connection', clientSecret, credential: id, ...input })
  try {
    return await ctx.write(async (scope) => {
      const { db } = scope
      judge(await lockActor(ctx, db, 'auth.sso.manage'), input.defaultRole)
      // One at a time in an organisation: two that count nine would make eleven.
      await sql`select pg_advisory_xact_lock(hashtextextended('auth.sso:' || ${ctx.organizationId}::text, 0))`.execute(db)
      const known = await db.selectFrom('ssoConnection').select('id').execute()
      if (known.length >= MOST) throw tooManyConnections(MOST)
      const row = await db
        .insertInto('ssoConnection')
        .values({ ...input, id, issuer, sealedSecret: sealSecret(ctx, id, clientSecret) })
        .returningAll()
        .executeTakeFirstOrThrow()
      // Domains that wait for a connection are meant for this one.
      await db.updateTable('emailDomain').set({ connectionId: id }).where('connectionId', 'is', null).execute()
      recordSecurityEvent(scope, { kind: 'sso.added', about: { type: 'sso-connection', id }, details: { name: row.name, issuer } })
      return toConnection(ctx, row)
    })
  } catch (error) {
    throw isUniqueViolation(error) ? connectionTaken() : error
  }
}

function judge(actor: LockedMember, defaultRole: Role | null): void {
  if (defaultRole !== null) requireBuiltIn(actor, defaultRole)
}

export async function listConnections(ctx: Ctx): Promise<{ items: SsoConnection[] }> {
  const rows = await ctx.db.selectFrom('ssoConnection').selectAll().orderBy('id').limit(MOST).execute()
  return { items: rows.map((row) => toConnection(ctx, row)) }
}
