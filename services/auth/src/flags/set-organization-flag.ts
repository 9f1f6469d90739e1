import { flagOf, flagSwitched, type OrganizationFlag } from '@ai-crm/contracts'
import { notFound } from '@ai-crm/platform'
import type { Ctx } from '../ctx.ts'
import { recordSecurityEvent } from '../security-log/record-security-event.ts'
import { onlyOff, operatorsOnly } from './errors.ts'
import { nextFlagVersion } from './flag-version.ts'
import { readFlags } from './list-flags.ts'

/** The organisation decides for itself, as far as the flag lets it. Throws `operatorsOnly` (403) or `onlyOff` (400). */
export async function setOrganizationFlag(ctx: Ctx, name: string, isOn: boolean | null): Promise<OrganizationFlag> {
  const { key, definition } = flagOf(name) ?? {}
  if (!key || !definition) throw notFound('flag')
  if (definition.organizationMay === 'nothing') throw operatorsOnly(key)
  if (definition.organizationMay === 'switch-off' && isOn === true) throw onlyOff()
  await ctx.write(async (scope) => {
    const { db, emit, afterCommit } = scope
    const { organizationId } = ctx
    const version = await nextFlagVersion(db)
    const before = await db.selectFrom('flagOverride').select('isOn').where('tenantId', '=', organizationId).where('flag', '=', key).executeTakeFirst()
    if ((before?.isOn ?? null) === isOn) return
    await db
      .insertInto('flagOverride')
      .values({ tenantId: organizationId, flag: key, isOn, version })
      .onConflict((conflict) => conflict.columns(['tenantId', 'flag']).doUpdateSet({ isOn, version }))
      .execute()
    recordSecurityEvent(scope, { kind: 'flag.changed', about: { type: 'flag', id: key }, details: { flag: key, from: before?.isOn ?? null, to: isOn } })
    await emit(flagSwitched({ organizationId, flag: key, isOn }))
    afterCommit(() => ctx.flags.announceChange())
  })
  const flag = (await readFlags(ctx)).find((each) => each.key === key)
  if (!flag) throw notFound('flag')
  return flag
}
