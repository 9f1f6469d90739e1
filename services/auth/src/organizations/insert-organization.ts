import { organizationCreated, type Locale } from '@ai-crm/contracts'
import type { WriteScope } from '@ai-crm/platform'
import type { Ctx } from '../ctx.ts'
import { v7 as uuidv7 } from 'uuid'
import { provisionOrganization } from '../provisioning/provision-organization.ts'
import type { Tables } from '../tables.ts'

export interface NewOrganization {
  readonly name: string
  readonly slug: string
  readonly locale: Locale
}

export interface FirstOwner {
  readonly userId: string
  /** Made in the same transaction: it goes where founding is undone. */
  readonly isNewAccount: boolean
}

/** The organisation of the context with its first owner, inside the caller's transaction; the other services are asked to follow. */
export async function insertOrganization(ctx: Ctx, scope: WriteScope<Tables>, organization: NewOrganization, owner: FirstOwner): Promise<void> {
  const { db, emit } = scope
  await db
    .insertInto('organization')
    .values({ ...organization, isSettingUp: true })
    .execute()
  await db.insertInto('membership').values({ userId: owner.userId, role: 'owner' }).execute()
  await emit(organizationCreated({ organizationId: ctx.organizationId, ...organization }))
  await provisionOrganization.start(ctx, scope, uuidv7(), { ...organization, founderId: owner.userId, isNewAccount: owner.isNewAccount })
}
