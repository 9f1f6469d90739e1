import type { Draft, DraftLength, Tone } from '@ai-crm/contracts'
import { aiDraftRejected } from '@ai-crm/contracts'
import { lockConversation } from '../conversations/lock-conversation.ts'
import type { Ctx, Write } from '../ctx.ts'
import { readSettings } from '../settings/read-settings.ts'
import { takeFromBudget } from './budget.ts'
import { ACTIVE_STATES, type DraftRow, toDraft } from './draft.ts'
import { budgetExhausted, draftsSwitchedOff, nothingToAnswer } from './errors.ts'
import { personOf } from './person.ts'
import { restartDraft, startDraft } from './start-draft.ts'

/** A person asks for a draft. One in the making is made anew as they want it; a waiting one is replaced. Throws 404, `recordLocked` (403), 409 while drafts are switched off. */
export async function requestDraft(ctx: Ctx, conversationId: string, wish: { tone?: Tone | undefined; length: DraftLength }): Promise<Draft> {
  const requestedBy = personOf(ctx)
  if (!(await ctx.flags.isOn('ai-drafts'))) throw draftsSwitchedOff()
  return ctx.write(async (write) => {
    const conversation = await lockConversation(ctx, write, conversationId)
    if (!conversation.newestInboundId) throw nothingToAnswer()
    if (!(await takeFromBudget(write, ctx.config.AI_DRAFTS_PER_HOUR))) throw budgetExhausted(ctx.config.AI_DRAFTS_PER_HOUR)

    const tone = wish.tone ?? (await readSettings(write)).tone
    const active = await write.db
      .selectFrom('draft')
      .selectAll()
      .where('conversationId', '=', conversationId)
      .where('status', 'in', ACTIVE_STATES)
      .forUpdate()
      .executeTakeFirst()
    const { withheld } = conversation
    if (active?.status === 'generating') return toDraft(await restartDraft(write, active, { tone, length: wish.length, requestedBy, withheld }))

    if (active) await replace(write, active, requestedBy)
    return toDraft(
      await startDraft(write, {
        conversationId,
        contactId: conversation.contactId,
        basedOnMessageId: conversation.newestInboundId,
        basedOnSequence: conversation.newestInboundSequence,
        tone,
        length: wish.length,
        requestedBy,
        withheld,
      }),
    )
  })
}

/** Asking for another draft is a decision against this one. */
async function replace({ db, emit }: Write, draft: DraftRow, decidedBy: string): Promise<void> {
  const reason = 'replaced'
  await db
    .updateTable('draft')
    .set({ status: 'rejected', reason, decidedBy, decidedAt: new Date(), version: draft.version + 1 })
    .where('id', '=', draft.id)
    .execute()
  await emit(aiDraftRejected({ draftId: draft.id, conversationId: draft.conversationId, contactId: draft.contactId, reason }))
}
