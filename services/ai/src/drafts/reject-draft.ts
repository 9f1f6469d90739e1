import { aiDraftRejected, type Draft } from '@ai-crm/contracts'
import type { Ctx } from '../ctx.ts'
import { toDraft } from './draft.ts'
import { lockWaitingDraft } from './lock-waiting-draft.ts'
import { personOf } from './person.ts'

export async function rejectDraft(ctx: Ctx, draftId: string, expectedVersion: number, reason: string | null): Promise<Draft> {
  const decidedBy = personOf(ctx)
  return ctx.write(async ({ db, emit }) => {
    const draft = await lockWaitingDraft(ctx, { db }, draftId, expectedVersion)
    const row = await db
      .updateTable('draft')
      .set({ status: 'rejected', reason, decidedBy, decidedAt: new Date(), version: draft.version + 1 })
      .where('id', '=', draftId)
      .returningAll()
      .executeTakeFirstOrThrow()
    await emit(aiDraftRejected({ draftId, conversationId: draft.conversationId, contactId: draft.contactId, reason }))
    return toDraft(row)
  })
}
