import { flagOf, type InstallationFlag, type SetInstallationFlag } from '@ai-crm/contracts'
import { notFound, versionConflict } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { Ctx, Db } from '../ctx.ts'
import { shareNeedsOrganizations } from './errors.ts'
import { nextFlagVersion } from './flag-version.ts'
import { listInstallationFlags } from './list-installation-flags.ts'
import type { Operator } from './operator.ts'

/** The operator decides for everybody. The change and its entry in the installation's log commit together. */
export async function setInstallationFlag(
  ctx: Ctx,
  operator: Operator,
  name: string,
  { input, expectedVersion }: { input: SetInstallationFlag; expectedVersion: number },
): Promise<InstallationFlag> {
  const { key, definition } = flagOf(name) ?? {}
  if (!key || !definition) throw notFound('flag')
  if (definition.scope === 'installation' && input.percentage !== null) throw shareNeedsOrganizations()
  await ctx.write(async ({ db, afterCommit }) => {
    // The lock comes first: two operators cannot both change what both have seen.
    await nextFlagVersion(db)
    const before = await db.selectFrom('flagSetting').select(['isKilled', 'percentage', 'version']).where('flag', '=', key).executeTakeFirst()
    if ((before?.version ?? 0) !== expectedVersion) throw versionConflict('flag', before?.version ?? 0)
    const { isKilled, percentage } = input
    const decided = { isKilled, percentage, changedAt: sql<Date>`now()`, version: expectedVersion + 1 }
    await db
      .insertInto('flagSetting')
      .values({ flag: key, ...decided })
      .onConflict((conflict) => conflict.column('flag').doUpdateSet(decided))
      .execute()
    await noteChange(ctx, db, operator, { flag: key, from: before ?? { isKilled: false, percentage: null }, input })
    afterCommit(() => ctx.flags.announceChange())
  })
  const flag = (await listInstallationFlags(ctx.db)).find((each) => each.key === key)
  if (!flag) throw notFound('flag')
  return flag
}

export interface Change {
  readonly flag: string
  readonly from: { readonly isKilled: boolean; readonly percentage: number | null }
  readonly input: SetInstallationFlag
  /** Of one organisation. */
  readonly organization?: { readonly id: string; readonly slug: string; readonly from: boolean | null; readonly to: boolean | null }
}

/** Into the log of the installation, with the change. */
export async function noteChange({ client }: Ctx, db: Db, operator: Operator, { flag, from, input, organization }: Change): Promise<void> {
  await db
    .insertInto('flagChange')
    .values({
      flag,
      changedBy: operator.userId,
      email: operator.email,
      fromKilled: from.isKilled,
      fromPercentage: from.percentage,
      toKilled: input.isKilled,
      toPercentage: input.percentage,
      tenantId: organization?.id ?? null,
      slug: organization?.slug ?? null,
      fromOn: organization?.from ?? null,
      toOn: organization?.to ?? null,
      reason: input.reason,
      address: client?.address ?? null,
      userAgent: client?.userAgent ?? null,
      requestId: client?.requestId ?? null,
    })
    .execute()
}
