import { aiDraftOutdated } from '@ai-crm/contracts'
import type { Write } from '../ctx.ts'
import { ACTIVE_STATES } from './draft.ts'

/** Ends the draft that has not seen a message of the conversation, if there is one. */
export async function outdateDraft({ db, emit }: Write, by: { conversationId: string; byMessageId: string; bySequence: number }): Promise<void> {
  const outdated = await db
    .updateTable('draft')
    .set((eb) => ({ status: 'outdated', outdatedByMessageId: by.byMessageId, version: eb('version', '+', 1) }))
    .where('conversationId', '=', by.conversationId)
    .where('status', 'in', ACTIVE_STATES)
    .where('basedOnSequence', '<', by.bySequence)
    .returning('id')
    .executeTakeFirst()
  if (outdated) await emit(aiDraftOutdated({ draftId: outdated.id, conversationId: by.conversationId, byMessageId: by.byMessageId }))
}
