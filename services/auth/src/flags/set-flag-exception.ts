import type { FlagException, SetFlagException } from '@ai-crm/contracts'
import { isForeignKeyViolation, notFound, versionConflict } from '@ai-crm/platform'
import type { Ctx } from '../ctx.ts'
import { findPlace, flagWithExceptions, getFlagException } from './flag-exceptions.ts'
import { nextFlagVersion } from './flag-version.ts'
import type { Operator } from './operator.ts'
import { noteChange } from './set-installation-flag.ts'

/**
 * The operator decides about one organisation. Off stays off whatever the organisation says; on leaves what it switched off
 * for itself. The change and its entry in the installation's log commit together. Throws `notFound` (404).
 */
export async function setFlagException(
  ctx: Ctx,
  operator: Operator,
  params: { flag: string; organization: string },
  { input, expectedVersion }: { input: SetFlagException; expectedVersion: number },
): Promise<FlagException> {
  const flag = flagWithExceptions(params.flag)
  const { id, slug } = await findPlace(ctx.db, params.organization)
  try {
    await ctx.write(async ({ db, afterCommit }) => {
      // The lock comes first: two operators cannot both change what both have seen.
      const version = await nextFlagVersion(db)
      const before = await db
        .selectFrom('flagOverride')
        .select(['operatorIsOn', 'version'])
        .where('tenantId', '=', id)
        .where('flag', '=', flag)
        .executeTakeFirst()
      if ((before?.version ?? 0) !== expectedVersion) throw versionConflict('flag', before?.version ?? 0)
      const decided = { operatorIsOn: input.isOn, version }
      await db
        .insertInto('flagOverride')
        .values({ tenantId: id, flag, isOn: null, ...decided })
        .onConflict((conflict) => conflict.columns(['tenantId', 'flag']).doUpdateSet(decided))
        .execute()
      const everybody = await db.selectFrom('flagSetting').select(['isKilled', 'percentage']).where('flag', '=', flag).executeTakeFirst()
      const from = everybody ?? { isKilled: false, percentage: null }
      const organization = { id, slug, from: before?.operatorIsOn ?? null, to: input.isOn }
      await noteChange(ctx, db, operator, { flag, from, input: { ...from, reason: input.reason }, organization })
      afterCommit(() => ctx.flags.announceChange())
    })
  } catch (error) {
    // It was erased at this moment.
    if (isForeignKeyViolation(error, 'flag_override_tenant_id_fkey')) throw notFound('organization')
    throw error
  }
  return getFlagException(ctx, { flag, organization: id })
}
