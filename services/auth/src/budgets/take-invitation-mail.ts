import { parse } from 'uuid'
import type { Ctx, Db } from '../ctx.ts'
import { countByAccount, identifierOf } from './count-attempt.ts'

const OF_AN_ORGANIZATION = 5
const OF_ALL = 20
const WINDOW = '1 hour'
const ALL = Buffer.alloc(0)

/**
 * Counts a mail with an invitation to the address. After five of an organisation in an hour: in how many seconds it may send the next;
 * null where it may now. Each organisation counts for itself: none hears what others have sent.
 */
export async function waitForInvitationMail(ctx: Pick<Ctx, 'deriveKey' | 'organizationId'>, db: Db, email: string): Promise<number | null> {
  const counted = await countByAccount(db, identifierOf(ctx, 'invitation', email), Buffer.from(parse(ctx.organizationId)), WINDOW)
  return counted.attempts > OF_AN_ORGANIZATION ? counted.retryAfterSeconds : null
}

/** Whether the mail leaves: many organisations together do not flood a mailbox either, and are not told of one another. */
export async function mayBeMailed(ctx: Pick<Ctx, 'deriveKey'>, db: Db, email: string): Promise<boolean> {
  return (await countByAccount(db, identifierOf(ctx, 'invitation', email), ALL, WINDOW)).attempts <= OF_ALL
}
