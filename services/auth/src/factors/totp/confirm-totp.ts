import { factorAdded } from '@ai-crm/contracts'
import { sql } from 'kysely'
import type { Ctx } from '../../ctx.ts'
import { announceFactor } from '../announce-factor.ts'
import { codeRefused, nothingToConfirm } from '../errors.ts'
import { followFactorChange, type ActingPerson } from '../follow-factor-change.ts'
import { requirePasswordIfAny } from '../require-own-proof.ts'
import { makeFirstRecoveryCodes } from '../recovery-codes/make-recovery-codes.ts'
import { openSecret } from './seal-secret.ts'
import { stepOfCode } from './totp.ts'
import { TOTP_KEY } from './spend-totp-code.ts'

/** The app has shown that it has the secret: from now on it counts, in place of an earlier one. Codes come with the first factor. */
export async function confirmTotp(ctx: Ctx, person: ActingPerson, code: string): Promise<{ recoveryCodes: string[] | null }> {
  const { userId } = person
  await requirePasswordIfAny(ctx, person)
  const pending = await ctx.db
    .selectFrom('totpCredential')
    .select(['id', 'encryptedSecret'])
    .where('userId', '=', userId)
    .where('confirmedAt', 'is', null)
    .executeTakeFirst()
  if (!pending) throw nothingToConfirm()
  const step = stepOfCode(openSecret(ctx.deriveKeys(TOTP_KEY), { userId, credentialId: pending.id }, pending.encryptedSecret), code, Date.now())
  if (step === null) throw codeRefused()

  return ctx.write(async (scope) => {
    await scope.db.deleteFrom('totpCredential').where('userId', '=', userId).where('confirmedAt', 'is not', null).execute()
    const confirmed = await scope.db
      .updateTable('totpCredential')
      .set({ confirmedAt: sql<Date>`now()`, lastUsedStep: step })
      .where('id', '=', pending.id)
      .where('confirmedAt', 'is', null)
      .returning('id')
      .executeTakeFirst()
    if (!confirmed) throw nothingToConfirm()
    await followFactorChange(scope, person, 'totp')
    await announceFactor(ctx, scope, factorAdded({ userId, factor: 'totp', factorId: pending.id, name: null }))
    return { recoveryCodes: await makeFirstRecoveryCodes(scope, userId) }
  })
}
