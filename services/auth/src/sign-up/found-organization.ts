import { userCreated, type Locale } from '@ai-crm/contracts'
import type { WriteScope } from '@ai-crm/platform'
import type { Ctx } from '../ctx.ts'
import { insertOrganization } from '../organizations/insert-organization.ts'
import type { Tables } from '../tables.ts'

export interface Founder {
  readonly userId: string
  readonly name: string
  readonly email: string
  readonly locale: Locale
}

/** The organisation of the context with its first owner, and the news of both, inside the caller's transaction. */
export async function foundOrganization(ctx: Ctx, scope: WriteScope<Tables>, organization: { name: string; slug: string }, founder: Founder): Promise<void> {
  const { userId, name, email, locale } = founder
  await insertOrganization(ctx, scope, { ...organization, locale }, { userId, isNewAccount: true })
  await scope.emit(userCreated({ userId, email, name, locale, role: 'owner' }))
}
