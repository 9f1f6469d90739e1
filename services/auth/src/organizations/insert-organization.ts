import { organizationCreated, type Locale } from '@ai-crm/contracts'
import type { WriteScope } from '@ai-crm/platform'
import type { Ctx } from '../ctx.ts'
import type { Tables } from '../tables.ts'

export interface NewOrganization {
  readonly name: string
  readonly slug: string
  readonly locale: Locale
}

/** The organisation of the context with its first owner, inside the caller's transaction. */
export async function insertOrganization(ctx: Ctx, { db, emit }: WriteScope<Tables>, organization: NewOrganization, ownerId: string): Promise<void> {
  await db
    .insertInto('organization')
    .values({ ...organization })
    .execute()
  await db.insertInto('membership').values({ userId: ownerId, role: 'owner' }).execute()
  await emit(organizationCreated({ organizationId: ctx.organizationId, ...organization }))
}
