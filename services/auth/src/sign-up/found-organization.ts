import { organizationCreated, userCreated, type Locale } from '@ai-crm/contracts'
import type { WriteScope } from '@ai-crm/platform'
import type { Ctx } from '../ctx.ts'
import type { Tables } from '../tables.ts'

export interface Founder {
  readonly userId: string
  readonly name: string
  readonly email: string
  readonly locale: Locale
}

/** The organisation of the context with its first owner, and the news of both, inside the caller's transaction. */
export async function foundOrganization(
  ctx: Ctx,
  { db, emit }: WriteScope<Tables>,
  organization: { name: string; slug: string },
  founder: Founder,
): Promise<void> {
  const { organizationId } = ctx
  const { userId, name, email, locale } = founder
  await db
    .insertInto('organization')
    .values({ ...organization, locale })
    .execute()
  await db.insertInto('membership').values({ userId, role: 'owner' }).execute()
  await emit(organizationCreated({ organizationId, ...organization, locale }))
  await emit(userCreated({ userId, email, name, locale, role: 'owner' }))
}
