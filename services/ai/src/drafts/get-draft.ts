import type { Draft } from '@ai-crm/contracts'
import { notFound } from '@ai-crm/platform'
import { mayReadDraft } from '../conversations/conversation-reach.ts'
import type { Ctx } from '../ctx.ts'
import { toDraft } from './draft.ts'

export async function getDraft(ctx: Ctx, draftId: string): Promise<Draft> {
  const row = await ctx.db.selectFrom('draft').selectAll().where('id', '=', draftId).where(mayReadDraft(ctx)).executeTakeFirst()
  if (!row) throw notFound('draft')
  return toDraft(row)
}
