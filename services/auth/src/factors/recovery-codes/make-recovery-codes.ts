import { recoveryCodesRenewed } from '@ai-crm/contracts'
import type { WriteScope } from '@ai-crm/platform'
import type { Ctx, Db } from '../../ctx.ts'
import { recordSecurityEvent } from '../../security-log/record-security-event.ts'
import type { Tables } from '../../tables.ts'
import { noSecondFactor } from '../errors.ts'
import { findSecondFactors } from '../find-second-factors.ts'
import { CODES_AT_ONCE, digestOfRecoveryCode, newRecoveryCode } from './recovery-code.ts'

/** Ten new codes in place of all old ones; shown once, for only digests are kept. Throws `noSecondFactor` (409). */
export async function renewRecoveryCodes(ctx: Ctx, userId: string): Promise<{ recoveryCodes: string[] }> {
  return ctx.write(async (scope) => {
    const { totp, passkey } = await findSecondFactors(scope.db, userId)
    if (!totp && !passkey) throw noSecondFactor()
    return { recoveryCodes: await replaceCodes(scope, userId) }
  })
}

/** Codes for who has none yet, else null. */
export async function makeFirstRecoveryCodes(scope: WriteScope<Tables>, userId: string): Promise<string[] | null> {
  const known = await scope.db.selectFrom('recoveryCode').select('userId').where('userId', '=', userId).limit(1).executeTakeFirst()
  return known ? null : replaceCodes(scope, userId)
}

/** Codes without a factor would recover nothing. */
export async function forgetNeedlessRecoveryCodes(db: Db, userId: string): Promise<void> {
  const { totp, passkey } = await findSecondFactors(db, userId)
  if (!totp && !passkey) await db.deleteFrom('recoveryCode').where('userId', '=', userId).execute()
}

async function replaceCodes(scope: WriteScope<Tables>, userId: string): Promise<string[]> {
  const codes = Array.from({ length: CODES_AT_ONCE }, newRecoveryCode)
  await scope.db.deleteFrom('recoveryCode').where('userId', '=', userId).execute()
  await scope.db
    .insertInto('recoveryCode')
    .values(codes.map((code) => ({ userId, digest: digestOfRecoveryCode(code) })))
    .execute()
  await scope.emit(recoveryCodesRenewed({ userId }))
  recordSecurityEvent(scope, { kind: 'factor.recovery-codes-made' })
  return codes
}
