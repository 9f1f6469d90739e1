import { sql } from 'kysely'
import type { Ctx, PublicCtx } from '../../ctx.ts'
import { ssoRequired } from '../errors.ts'

/** The organisation that has proven the domain of an address, with the connection that its people sign in by. */
export interface Capture {
  readonly ctx: Ctx
  readonly connectionId: string
  readonly isEnforced: boolean
}

/** By the domain alone: whether the address has an account is not looked at, so nothing can be learnt about that. */
export async function findCapture(publicCtx: PublicCtx, email: string): Promise<Capture | null> {
  const found = await findProvider(publicCtx, email)
  return found?.isProven ? found : null
}

/**
 * Where people of the address sign in by single sign-on: also where the proof of the domain lapsed. Then the provider lets
 * in whom it has vouched for before, and nothing else follows from the domain.
 */
export async function findProvider(publicCtx: PublicCtx, email: string): Promise<(Capture & { readonly isProven: boolean }) | null> {
  const captured = await publicCtx.db.selectFrom('capturedDomain').select(['tenantId', 'domainId']).where('name', '=', domainOf(email)).executeTakeFirst()
  if (!captured) return null
  const ctx = publicCtx.enter(captured.tenantId, { type: 'system', id: null })
  const found = await ctx.db
    .selectFrom('emailDomain')
    .innerJoin('ssoConnection', (join) =>
      join.onRef('ssoConnection.organizationId', '=', 'emailDomain.organizationId').onRef('ssoConnection.id', '=', 'emailDomain.connectionId'),
    )
    .leftJoin('signInPolicy', 'signInPolicy.organizationId', 'emailDomain.organizationId')
    .select(['ssoConnection.id as connectionId', sql<boolean>`sign_in_policy.sso_enforced_at is not null`.as('isEnforced')])
    .select(sql<boolean>`email_domain.verified_at is not null`.as('isProven'))
    .where('emailDomain.id', '=', captured.domainId)
    .where(({ or, eb }) => or([eb('emailDomain.verifiedAt', 'is not', null), eb('emailDomain.lapsedAt', 'is not', null)]))
    .where('ssoConnection.enabledAt', 'is not', null)
    .executeTakeFirst()
  return found ? { ctx, ...found } : null
}

/** New accounts of a captured domain come by single sign-on. Throws `ssoRequired` (403). */
export async function refuseCaptured(publicCtx: PublicCtx, email: string): Promise<void> {
  if (await findCapture(publicCtx, email)) throw ssoRequired()
}

export const domainOf = (email: string): string => email.slice(email.lastIndexOf('@') + 1).toLowerCase()
