import { type BoardLanes, type BoardLanesQuery, GROUPABLE_KINDS, MAX_BOARD_LANES } from '@ai-crm/contracts'
import { notFound } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { z } from 'zod'
import type { Ctx } from '../ctx.ts'
import { sourceOf } from '../lists/group-list.ts'
import { fieldFor } from '../lists/summarize-list.ts'
import { withinStatement } from '../lists/too-slow.ts'
import { firstStage, readStages } from '../stages/stage.ts'
import { askBoard } from './ask-board.ts'
import { toTotals, type TotalRow } from './board-totals.ts'

/** What stands in each stage, by the values of a field; the fullest lanes first. Throws 404 for a pipeline, and what askList and fieldFor throw. */
export async function listBoardLanes(ctx: Ctx, query: z.infer<typeof BoardLanesQuery>): Promise<BoardLanes> {
  const stages = await readStages(ctx.db)
  const pipelineId = query.pipelineId ?? firstStage(stages).pipelineId
  const ids = [...stages.values()].flatMap((stage) => (stage.pipelineId === pipelineId ? [stage.id] : []))
  if (ids.length === 0) throw notFound('pipeline')
  const { pipelineId: _pipelineId, laneBy, ...narrowing } = query
  const { asker, conditions } = await askBoard(ctx, narrowing, [laneBy])
  const { join, value } = sourceOf(asker, 'deal', fieldFor(asker, 'deal', laneBy, GROUPABLE_KINDS, 'query/laneBy'))
  const { rows } = await withinStatement(query, async () =>
    sql<TotalRow & { value: string | null }>`with counted as (
        select ${value} as value, deal.stage, coalesce(deal.currency, '') as currency, count(*) as count, coalesce(sum(deal.amount_minor), 0) as amount
          from deal ${join} where deal.stage = any(${ids}::text[]) and ${conditions} group by 1, 2, 3
      ), lane as (select value from counted group by value order by sum(count) desc, value limit ${MAX_BOARD_LANES + 1})
      select counted.value, stage, currency, count::float8 as count, amount::float8 as amount_minor from counted join lane on lane.value is not distinct from counted.value
       order by sum(count) over (partition by counted.value) desc, counted.value`.execute(ctx.db),
  )
  const lanes = [...Map.groupBy(rows, (row) => row.value)]
  return {
    hasMore: lanes.length > MAX_BOARD_LANES,
    items: lanes.slice(0, MAX_BOARD_LANES).map(([lane, totals]) => {
      const byStage = Map.groupBy(totals, ({ stage }) => stage)
      return { value: lane, columns: ids.flatMap((stage) => (byStage.has(stage) ? [{ stage, totals: toTotals(ctx, byStage.get(stage) ?? []) }] : [])) }
    }),
  }
}
