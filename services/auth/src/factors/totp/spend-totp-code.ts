import { sql } from 'kysely'
import type { FactorStore } from '../factor-store.ts'
import { openSecret } from './seal-secret.ts'
import { stepOfCode } from './totp.ts'

/** Purpose of the key that seals the secrets of apps. */
export const TOTP_KEY = 'auth.totp-secret'

/** True once per code: the compare-and-set lets neither a used step nor an older one through, however many ask at once. */
export async function spendTotpCode(store: FactorStore, userId: string, code: string): Promise<boolean> {
  const credential = await store.db
    .selectFrom('totpCredential')
    .select(['id', 'encryptedSecret'])
    .where('userId', '=', userId)
    .where('confirmedAt', 'is not', null)
    .executeTakeFirst()
  if (!credential) return false
  const step = stepOfCode(openSecret(store.deriveKeys(TOTP_KEY), { userId, credentialId: credential.id }, credential.encryptedSecret), code, Date.now())
  if (step === null) return false
  return store.write(async ({ db }) => {
    const used = await db
      .updateTable('totpCredential')
      .set({ lastUsedStep: step })
      .where('id', '=', credential.id)
      .where('lastUsedStep', '<', step)
      .where('confirmedAt', 'is not', null)
      .returning(sql<number>`1`.as('one'))
      .executeTakeFirst()
    return used !== undefined
  })
}
