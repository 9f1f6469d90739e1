import type { Board, BoardColumn, BoardQuery } from '@ai-crm/contracts'
import { encodeCursor, notFound } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { Ctx } from '../ctx.ts'
import { withinStatement } from '../lists/too-slow.ts'
import { firstStage, readStages, type StageRow, type Stages } from '../stages/stage.ts'
import { askBoard, cursorKind } from './ask-board.ts'
import { cardsOf, positionOf, toCard, type CardRow } from './board-cards.ts'
import { totalsOf, toTotals, type TotalRow } from './board-totals.ts'

/**
 * Columns with their first cards and totals, in three statements, and one where the filter names custom fields, however many columns there are.
 * A stage that was retired is a column as long as there is something in it. Throws 404 for a pipeline, and what askList throws.
 */
export async function getBoard(ctx: Ctx, query: BoardQuery): Promise<Board> {
  const stages = await readStages(ctx.db)
  const pipelineId = query.pipelineId ?? firstStage(stages).pipelineId
  const columns = [...stages.values()].filter((stage) => stage.pipelineId === pipelineId)
  if (columns.length === 0) throw notFound('pipeline')
  const { pipelineId: _pipelineId, ...narrowing } = query
  const asked = await askBoard(ctx, narrowing)
  const ids = columns.map(({ id }) => id)
  const [cards, totals] = await withinStatement(query, async () =>
    Promise.all([
      sql<CardRow>`${sql.join(
        columns.map((stage) => cardsOf(ctx, stage, asked, query.limit, null)),
        sql` union all `,
      )}`.execute(ctx.db),
      totalsOf(ids, asked).execute(ctx.db),
    ]),
  )
  const [cardsBy, totalsBy] = [Map.groupBy(cards.rows, ({ stage }) => stage), Map.groupBy(totals.rows, ({ stage }) => stage)]
  const shown = columns.map((stage) => columnOf(ctx, query, stage, cardsBy.get(stage.id) ?? [], totalsBy.get(stage.id) ?? []))
  return { pipelineId, columns: shown.filter((column) => isShown(stages, column)) }
}

const isShown = (stages: Stages, { stage, totals, cards }: BoardColumn): boolean =>
  stages.get(stage)?.retiredInto === null || totals.count > 0 || cards.length > 0

export function columnOf(ctx: Ctx, query: Omit<BoardQuery, 'pipelineId'>, stage: StageRow, rows: readonly CardRow[], totals: readonly TotalRow[]): BoardColumn {
  const cards = rows.slice(0, query.limit)
  const last = rows.length > query.limit ? cards.at(-1) : undefined
  return {
    stage: stage.id,
    totals: toTotals(ctx, totals),
    cards: cards.map(toCard),
    nextCursor: last ? encodeCursor(ctx, cursorKind(stage.id, query), [...positionOf(stage, last)]) : null,
  }
}
