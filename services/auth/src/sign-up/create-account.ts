import type { Db } from '../ctx.ts'
import type { Founder } from './found-organization.ts'

/** False when the address has an account already. */
export async function createAccount(db: Db, { userId: id, name, email, locale }: Founder, passwordHash: string): Promise<boolean> {
  const created = await db
    .insertInto('userAccount')
    .values({ id, name, email, locale })
    .onConflict((conflict) => conflict.column('email').doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!created) return false
  await db.insertInto('passwordCredential').values({ userId: id, passwordHash }).execute()
  return true
}
