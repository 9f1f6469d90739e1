import type { Db } from '../ctx.ts'
import type { Founder } from './found-organization.ts'

/** False when the address has an account already. */
export async function createAccount(db: Db, founder: Founder, passwordHash: string): Promise<boolean> {
  if (!(await insertAccount(db, founder))) return false
  await db.insertInto('passwordCredential').values({ userId: founder.userId, passwordHash }).execute()
  return true
}

/** Without a password: for who signs in by single sign-on. False when the address has an account already. */
export async function insertAccount(db: Db, { userId: id, name, email, locale }: Founder): Promise<boolean> {
  const created = await db
    .insertInto('userAccount')
    .values({ id, name, email, locale })
    .onConflict((conflict) => conflict.column('email').doNothing())
    .returning('id')
    .executeTakeFirst()
  return created !== undefined
}
