import { versionConflict, writable, type Asker } from '@ai-crm/platform'
import { mayReadDraft, mayWriteDraft } from '../conversations/conversation-reach.ts'
import type { Write } from '../ctx.ts'
import type { DraftRow } from './draft.ts'
import { draftNotWaiting, draftOutdated } from './errors.ts'

/**
 * The draft, locked until the transaction ends, if it can be decided. An outdated one is told apart from other
 * conflicts, whatever version the client has seen: the person must read the new message first. Throws 404, `recordLocked` (403).
 */
export async function lockWaitingDraft(asker: Asker, { db }: Pick<Write, 'db'>, draftId: string, expectedVersion: number): Promise<DraftRow> {
  const found = await db
    .selectFrom('draft')
    .selectAll()
    .select(mayWriteDraft(asker).as('mayWrite'))
    .where('id', '=', draftId)
    .where(mayReadDraft(asker))
    .forUpdate()
    .executeTakeFirst()
  const draft = writable(found, 'draft')
  if (draft.status === 'outdated') throw draftOutdated(draft.outdatedByMessageId)
  if (draft.status !== 'waiting') throw draftNotWaiting(draft.status)
  if (draft.version !== expectedVersion) throw versionConflict('draft', draft.version)
  return draft
}
