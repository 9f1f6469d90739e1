import { sql } from 'kysely'
import type { Db } from '../ctx.ts'
import type { Tables } from '../tables.ts'
import { linkDigest, newLinkToken } from './link-token.ts'

export type LinkPurpose = Tables['accountLink']['purpose']

/** How long the links of each purpose can be opened. */
const VALID_FOR: Readonly<Record<LinkPurpose, string>> = { 'reset-password': '30 minutes', 'confirm-email': '24 hours', 'revert-email': '7 days' }

export interface MadeLink {
  readonly token: string
  readonly expiresAt: string
}

/** A new link of a person. Older ones of the same purpose are over, but those that take a change back. */
export async function makeLink(db: Db, link: { purpose: LinkPurpose; userId: string; email?: string }): Promise<MadeLink> {
  if (link.purpose !== 'revert-email') await forgetLinks(db, link.userId, link.purpose)
  const token = newLinkToken()
  const { expiresAt } = await db
    .insertInto('accountLink')
    .values({ ...link, digest: linkDigest(token), expiresAt: sql<Date>`now() + cast(${VALID_FOR[link.purpose]} as interval)` })
    .returning('expiresAt')
    .executeTakeFirstOrThrow()
  return { token, expiresAt: expiresAt.toISOString() }
}

const alive = (db: Db, purpose: LinkPurpose, token: string) =>
  db
    .selectFrom('accountLink')
    .innerJoin('userAccount', 'userAccount.id', 'accountLink.userId')
    .select(['accountLink.userId', 'accountLink.email', 'userAccount.email as currentEmail', 'userAccount.name', 'userAccount.locale'])
    .select(sql<Date>`account_link.expires_at - cast(${VALID_FOR[purpose]} as interval)`.as('madeAt'))
    .where('accountLink.digest', '=', linkDigest(token))
    .where('accountLink.purpose', '=', purpose)
    .where('accountLink.expiresAt', '>', sql<Date>`now()`)

/** Whose link it is, or null: unknown, used or over. Does not use it. */
export async function findLink(db: Db, purpose: LinkPurpose, token: string) {
  return (await alive(db, purpose, token).executeTakeFirst()) ?? null
}

/** Uses the link: true for exactly one caller. */
export async function useLink(db: Db, token: string): Promise<boolean> {
  const used = await db
    .deleteFrom('accountLink')
    .where('digest', '=', linkDigest(token))
    .where('expiresAt', '>', sql<Date>`now()`)
    .returning('userId')
    .executeTakeFirst()
  return used !== undefined
}

export async function forgetLinks(db: Db, userId: string, purpose: LinkPurpose): Promise<void> {
  await db.deleteFrom('accountLink').where('userId', '=', userId).where('purpose', '=', purpose).execute()
}
