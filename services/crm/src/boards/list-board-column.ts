import type { BoardColumn, BoardColumnQuery } from '@ai-crm/contracts'
import { decodeCursor, notFound } from '@ai-crm/platform'
import { z } from 'zod'
import type { Ctx } from '../ctx.ts'
import { withinStatement } from '../lists/too-slow.ts'
import { readStages } from '../stages/stage.ts'
import { askBoard, cursorKind } from './ask-board.ts'
import { cardsOf, type CardPosition } from './board-cards.ts'
import { totalsOf } from './board-totals.ts'
import { columnOf } from './get-board.ts'

/** One column on from where it was left. Throws 404 for a stage, 400 for a cursor of another column, and what askList throws. */
export async function listBoardColumn(ctx: Ctx, stageId: string, query: z.infer<typeof BoardColumnQuery>): Promise<BoardColumn> {
  const stage = (await readStages(ctx.db)).get(stageId)
  if (!stage) throw notFound('stage')
  const after = query.cursor === undefined ? null : Position.parse(decodeCursor(ctx, cursorKind(stageId, query), query.cursor))
  const asked = await askBoard(ctx, query)
  const [cards, totals] = await withinStatement(query, async () =>
    Promise.all([cardsOf(ctx, [stage], asked, query.limit, after).execute(ctx.db), totalsOf([stageId], asked).execute(ctx.db)]),
  )
  return columnOf(ctx, query, stage, cards.rows, totals.rows)
}

const Position: z.ZodType<CardPosition> = z.union([z.tuple([z.string()]), z.tuple([z.string(), z.string()])])
