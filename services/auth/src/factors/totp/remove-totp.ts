import { factorRemoved } from '@ai-crm/contracts'
import type { Ctx } from '../../ctx.ts'
import { announceFactor } from '../announce-factor.ts'
import { followFactorChange, type ActingPerson } from '../follow-factor-change.ts'
import { forgetNeedlessRecoveryCodes } from '../recovery-codes/make-recovery-codes.ts'

/** Repeated, it is the same: there is no authenticator app afterwards. */
export async function removeTotp(ctx: Ctx, person: ActingPerson): Promise<void> {
  await ctx.write(async (scope) => {
    const removed = await scope.db.deleteFrom('totpCredential').where('userId', '=', person.userId).returning(['id', 'confirmedAt']).execute()
    const confirmed = removed.find(({ confirmedAt }) => confirmedAt !== null)
    if (!confirmed) return
    await followFactorChange(scope, person, null)
    await forgetNeedlessRecoveryCodes(scope.db, person.userId)
    await announceFactor(ctx, scope, factorRemoved({ userId: person.userId, factor: 'totp', factorId: confirmed.id, name: null }))
  })
}
