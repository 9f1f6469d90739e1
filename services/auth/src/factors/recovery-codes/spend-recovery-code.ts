import { sql } from 'kysely'
import type { FactorStore } from '../factor-store.ts'
import { digestOfRecoveryCode } from './recovery-code.ts'

/** How many codes are left after this one was used, or null when it is none of the person's unused ones. */
export async function spendRecoveryCode(store: FactorStore, userId: string, code: string): Promise<number | null> {
  return store.write(async ({ db }) => {
    const used = await db
      .updateTable('recoveryCode')
      .set({ usedAt: sql<Date>`now()` })
      .where('userId', '=', userId)
      .where('digest', '=', digestOfRecoveryCode(code))
      .where('usedAt', 'is', null)
      .returning('userId')
      .executeTakeFirst()
    if (!used) return null
    const { left } = await db
      .selectFrom('recoveryCode')
      .select(({ fn }) => fn.countAll<number>().as('left'))
      .where('userId', '=', userId)
      .where('usedAt', 'is', null)
      .executeTakeFirstOrThrow()
    return left
  })
}
