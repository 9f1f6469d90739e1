import { factorRemoved, type Passkey } from '@ai-crm/contracts'
import { notFound } from '@ai-crm/platform'
import type { Ctx } from '../../ctx.ts'
import { announceFactor } from '../announce-factor.ts'
import { followFactorChange, type ActingPerson } from '../follow-factor-change.ts'
import { forgetNeedlessRecoveryCodes } from '../recovery-codes/make-recovery-codes.ts'
import { toPasskey } from './passkey.ts'

/** Somebody else's passkey is not found, like one that never was. */
export async function renamePasskey(ctx: Ctx, userId: string, passkeyId: string, name: string): Promise<Passkey> {
  const renamed = await ctx.write(({ db }) =>
    db.updateTable('passkey').set({ name }).where('id', '=', passkeyId).where('userId', '=', userId).returningAll().executeTakeFirst(),
  )
  if (!renamed) throw notFound('passkey')
  return toPasskey(renamed)
}

export async function removePasskey(ctx: Ctx, person: ActingPerson, passkeyId: string): Promise<void> {
  await ctx.write(async (scope) => {
    const removed = await scope.db
      .deleteFrom('passkey')
      .where('id', '=', passkeyId)
      .where('userId', '=', person.userId)
      .returning(['id', 'name'])
      .executeTakeFirst()
    if (!removed) throw notFound('passkey')
    await followFactorChange(scope, person, null)
    await forgetNeedlessRecoveryCodes(scope.db, person.userId)
    await announceFactor(ctx, scope, factorRemoved({ userId: person.userId, factor: 'passkey', factorId: removed.id, name: removed.name }))
  })
}
