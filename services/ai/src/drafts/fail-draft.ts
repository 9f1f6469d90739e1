import { aiDraftFailed } from '@ai-crm/contracts'
import { AI } from './ai-actor.ts'
import type { Ctx } from '../ctx.ts'

/** Ends a draft that could not be written, visibly. Without a version: whatever version is still generating. */
export async function failDraft(ctx: Ctx, draftId: string, version: number | null, reason: string): Promise<void> {
  await ctx.write(async ({ db, emit }) => {
    const failed = await db
      .updateTable('draft')
      .set((eb) => ({ status: 'failed', reason, version: eb('version', '+', 1) }))
      .where('id', '=', draftId)
      .where('status', '=', 'generating')
      .$if(version !== null, (query) => query.where('version', '=', version))
      .returning(['conversationId', 'contactId'])
      .executeTakeFirst()
    if (failed) await emit(aiDraftFailed({ draftId, ...failed, reason }), AI)
  })
}
