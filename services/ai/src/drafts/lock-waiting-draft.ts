import { notFound, versionConflict } from '@ai-crm/platform'
import type { Write } from '../ctx.ts'
import type { DraftRow } from './draft.ts'
import { draftNotWaiting, draftOutdated } from './errors.ts'

/**
 * The draft, locked until the transaction ends, if it can be decided. An outdated one is told apart from other
 * conflicts, whatever version the client has seen: the person must read the new message first.
 */
export async function lockWaitingDraft({ db }: Pick<Write, 'db'>, draftId: string, expectedVersion: number): Promise<DraftRow> {
  const draft = await db.selectFrom('draft').selectAll().where('id', '=', draftId).forUpdate().executeTakeFirst()
  if (!draft) throw notFound('draft')
  if (draft.status === 'outdated') throw draftOutdated(draft.outdatedByMessageId)
  if (draft.status !== 'waiting') throw draftNotWaiting(draft.status)
  if (draft.version !== expectedVersion) throw versionConflict('draft', draft.version)
  return draft
}
