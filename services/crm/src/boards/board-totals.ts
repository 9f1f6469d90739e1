import type { BoardTotals } from '@ai-crm/contracts'
import { sql, type RawBuilder } from 'kysely'
import type { Ctx } from '../ctx.ts'
import { isHidden } from '../lists/list-record.ts'
import type { Asked } from '../lists/list-page.ts'

export interface TotalRow {
  readonly stage: string
  readonly currency: string
  readonly count: number
  readonly amountMinor: number
}

/** What stands in the stages: kept, where whoever asks sees all of it, counted of what they see else. */
export function totalsOf(stageIds: readonly string[], { conditions, isWhole }: Pick<Asked, 'conditions' | 'isWhole'>): RawBuilder<TotalRow> {
  const stages = sql`any(${[...stageIds]}::text[])`
  if (isWhole)
    return sql<TotalRow>`select stage, currency, sum(deals)::float8 as count, sum(amount_minor)::float8 as amount_minor
      from (select stage, currency, deals, amount_minor from stage_total where stage = ${stages}
            union all select stage, currency, deals, amount_minor from stage_delta where stage = ${stages}) as kept
     group by stage, currency having sum(deals) <> 0`
  return sql<TotalRow>`select deal.stage, coalesce(deal.currency, '') as currency, count(*)::float8 as count, coalesce(sum(deal.amount_minor), 0)::float8 as amount_minor
    from deal where deal.stage = ${stages} and ${conditions} group by 1, 2`
}

/** Of one stage. Whoever may not see amounts or currencies gets no sums. */
export function toTotals(ctx: Ctx, rows: readonly TotalRow[]): BoardTotals {
  const hidesAmounts = isHidden(ctx, 'deal', 'amountMinor') || isHidden(ctx, 'deal', 'currency')
  const sums = rows.filter(({ currency }) => currency !== '').toSorted((one, other) => other.count - one.count || (one.currency < other.currency ? -1 : 1))
  return {
    count: rows.reduce((sum, { count }) => sum + count, 0),
    sums: hidesAmounts ? [] : sums.map(({ currency, amountMinor }) => ({ currency, amountMinor })),
  }
}
