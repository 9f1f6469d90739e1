import type { Draft } from '@ai-crm/contracts'
import { notFound } from '@ai-crm/platform'
import type { Ctx } from '../ctx.ts'
import { toDraft } from './draft.ts'

export async function getDraft({ db }: Ctx, draftId: string): Promise<Draft> {
  const row = await db.selectFrom('draft').selectAll().where('id', '=', draftId).executeTakeFirst()
  if (!row) throw notFound('draft')
  return toDraft(row)
}
