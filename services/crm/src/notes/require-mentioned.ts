import { strangersAmong } from '@ai-crm/platform'
import type { Ctx, Db } from '../ctx.ts'
import { mentionUnknown } from './errors.ts'

/** That those who are newly mentioned belong to the organisation. Throws `mentionUnknown` (422), naming the first who does not. */
export async function requireMentioned(ctx: Ctx, db: Db, mentions: readonly string[], known: readonly string[]): Promise<void> {
  const [stranger] = await strangersAmong(
    ctx,
    db,
    mentions.filter((userId) => !known.includes(userId)),
  )
  if (stranger) throw mentionUnknown(mentions.indexOf(stranger))
}

/** Each once, in the order in which they were mentioned. */
export const distinct = (mentions: readonly string[]): string[] => [...new Set(mentions)]
