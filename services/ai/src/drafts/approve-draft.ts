import { aiDraftApproved, type Draft } from '@ai-crm/contracts'
import type { Ctx } from '../ctx.ts'
import { diffOf } from './diff.ts'
import { toDraft } from './draft.ts'
import { unfilledGap } from './errors.ts'
import { findGap } from './gap.ts'
import { lockWaitingDraft } from './lock-waiting-draft.ts'
import { personOf } from './person.ts'

/** A person lets the draft leave, as they edited it. Messaging sends on `ai.draft.approved`, after a check of its own. */
export async function approveDraft(ctx: Ctx, draftId: string, expectedVersion: number, approved: { subject: string; body: string }): Promise<Draft> {
  const approvedBy = personOf(ctx)
  return ctx.write(async ({ db, emit }) => {
    const draft = await lockWaitingDraft(ctx, { db }, draftId, expectedVersion)
    const gap = findGap(approved.body)
    if (gap) throw unfilledGap(gap)

    const diff = diffOf(draft.body, approved.body)
    const row = await db
      .updateTable('draft')
      .set({ status: 'approved', diff: JSON.stringify(diff), decidedBy: approvedBy, decidedAt: new Date(), version: draft.version + 1 })
      .where('id', '=', draftId)
      .returningAll()
      .executeTakeFirstOrThrow()
    await emit(
      aiDraftApproved({
        draftId,
        conversationId: draft.conversationId,
        contactId: draft.contactId,
        basedOnMessageId: draft.basedOnMessageId,
        subject: approved.subject,
        body: approved.body,
        diff,
        approvedBy,
      }),
    )
    return toDraft(row)
  })
}
