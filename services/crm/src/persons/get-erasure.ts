import type { PersonErasure } from '@ai-crm/contracts'
import { notFound } from '@ai-crm/platform'
import type { Ctx } from '../ctx.ts'
import { ERASURE_COLUMNS, toPersonErasure } from './person-erasure.ts'

export async function getErasure(ctx: Ctx, erasureId: string): Promise<PersonErasure> {
  const row = await ctx.db.selectFrom('personErasure').select(ERASURE_COLUMNS).where('id', '=', erasureId).executeTakeFirst()
  if (!row) throw notFound('erasure')
  return toPersonErasure(row)
}
