import type { Board, BoardColumn, BoardQuery } from '@ai-crm/contracts'
import { encodeCursor, notFound } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { Ctx } from '../ctx.ts'
import type { Asked } from '../lists/list-page.ts'
import { withinStatement } from '../lists/too-slow.ts'
import { firstStage, readStages, type StageRow } from '../stages/stage.ts'
import { askBoard, cursorKind } from './ask-board.ts'
import { cardsOf, positionOf, toCard, type CardRow } from './board-cards.ts'
import { totalsOf, toTotals, type TotalRow } from './board-totals.ts'

/**
 * Columns with their first cards and totals, in three statements, and one where the filter names custom fields, however many columns there are.
 * A stage that was retired is a column as long as there is something in it; only then a fourth statement looks into those. Throws 404 for a
 * pipeline, and what askList throws.
 */
export async function getBoard(ctx: Ctx, query: BoardQuery): Promise<Board> {
  const stages = await readStages(ctx.db)
  const pipelineId = query.pipelineId ?? firstStage(stages).pipelineId
  const columns = [...stages.values()].filter((stage) => stage.pipelineId === pipelineId)
  if (columns.length === 0) throw notFound('pipeline')
  const { pipelineId: _pipelineId, ...narrowing } = query
  const asked = await askBoard(ctx, narrowing)
  const ids = columns.map(({ id }) => id)
  const cardsIn = async (some: readonly StageRow[]): Promise<readonly CardRow[]> =>
    some.length === 0 ? [] : (await firstCards(ctx, some, asked, query.limit)).rows
  const [livingCards, totals, retiredCards] = await withinStatement(query, async () => {
    const [living, { rows }] = await Promise.all([cardsIn(columns.filter(isLiving)), totalsOf(ids, asked).execute(ctx.db)])
    const filled = new Set(rows.map(({ stage }) => stage))
    return [living, rows, await cardsIn(columns.filter((stage) => !isLiving(stage) && filled.has(stage.id)))] as const
  })
  const [cardsBy, totalsBy] = [Map.groupBy([...livingCards, ...retiredCards], ({ stage }) => stage), Map.groupBy(totals, ({ stage }) => stage)]
  const shown = columns.filter((stage) => isLiving(stage) || totalsBy.has(stage.id))
  return { pipelineId, columns: shown.map((stage) => columnOf(ctx, query, stage, cardsBy.get(stage.id) ?? [], totalsBy.get(stage.id) ?? [])) }
}

const isLiving = ({ retiredInto }: StageRow): boolean => retiredInto === null

function firstCards(ctx: Ctx, stages: readonly StageRow[], asked: Asked, limit: number) {
  const parts = Object.values(Object.groupBy(stages, ({ kind }) => (kind === 'open' ? 'open' : 'decided'))).flatMap(([first, ...others]) =>
    first ? [cardsOf(ctx, [first, ...others], asked, limit, null)] : [],
  )
  return sql<CardRow>`${sql.join(parts, sql` union all `)}`.execute(ctx.db)
}

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
