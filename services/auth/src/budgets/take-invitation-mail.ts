import { parse } from 'uuid'
import type { Ctx, Db } from '../ctx.ts'
import { countByAccount, identifierOf } from './count-attempt.ts'

const OF_AN_ORGANIZATION = 5
const OF_ALL = 20
const WINDOW = '1 hour'
const ALL = Buffer.alloc(0)

/**
 * Counts a mail with an invitation to the address: five of an organisation in an hour, and twenty of all together, who do not flood a mailbox
 * either. In how many seconds the next may be sent, or null where it may now. The answer is the same for both, whether or not anybody has an
 * account by this address.
 */
export async function waitForInvitationMail(ctx: Pick<Ctx, 'deriveKey' | 'organizationId'>, db: Db, email: string): Promise<number | null> {
  const identifier = identifierOf(ctx, 'invitation', email)
  const own = await countByAccount(db, identifier, Buffer.from(parse(ctx.organizationId)), WINDOW)
  if (own.attempts > OF_AN_ORGANIZATION) return own.retryAfterSeconds
  const all = await countByAccount(db, identifier, ALL, WINDOW)
  return all.attempts > OF_ALL ? all.retryAfterSeconds : null
}
