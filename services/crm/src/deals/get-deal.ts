import type { Deal } from '@ai-crm/contracts'
import { notFound } from '@ai-crm/platform'
import type { Ctx } from '../ctx.ts'
import { dealColumns, toDeal } from './deal.ts'
import { mayRead } from './deal-reach.ts'

export async function getDeal(ctx: Ctx, dealId: string): Promise<Deal> {
  const row = await ctx.db
    .selectFrom('deal')
    .select(dealColumns(ctx))
    .where('deal.id', '=', dealId)
    .where('deal.deletedAt', 'is', null)
    .where(mayRead(ctx))
    .executeTakeFirst()
  if (!row) throw notFound('deal')
  return toDeal(row)
}
