import { requireMember } from '@ai-crm/platform'
import type { Ctx, Db } from '../ctx.ts'
import { mentionUnknown } from './errors.ts'

/** That those who are newly mentioned belong to the organisation. Throws `mentionUnknown` (422), naming the first who does not. */
export async function requireMentioned(ctx: Ctx, db: Db, mentions: readonly string[], known: readonly string[]): Promise<void> {
  for (const [index, userId] of mentions.entries()) {
    if (known.includes(userId)) continue
    await requireMember(ctx, db, userId, 'mentions').catch((error: unknown) => {
      throw error instanceof Error && 'code' in error && error.code === 'platform.not_a_member' ? mentionUnknown(index) : error
    })
  }
}

/** Each once, in the order in which they were mentioned. */
export const distinct = (mentions: readonly string[]): string[] => [...new Set(mentions)]
