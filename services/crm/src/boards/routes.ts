import { boardEndpoints } from '@ai-crm/contracts'
import { crm } from '../ctx.ts'
import { moveDeal } from '../deals/move-deal.ts'
import { getBoard } from './get-board.ts'
import { listBoardColumn } from './list-board-column.ts'
import { listBoardLanes } from './list-board-lanes.ts'
import { simulateRules } from './simulate-rules.ts'

export const boardRoutes = [
  crm.handle(boardEndpoints.getBoard, async (ctx, { query }) => getBoard(ctx, query)),
  crm.handle(boardEndpoints.listBoardColumn, async (ctx, { params, query }) => listBoardColumn(ctx, params.stage, query)),
  crm.handle(boardEndpoints.listBoardLanes, async (ctx, { query }) => listBoardLanes(ctx, query)),
  crm.handle(boardEndpoints.moveDeal, async (ctx, { params, body }) => moveDeal(ctx, params.dealId, body)),
  crm.handle(boardEndpoints.simulateStageRules, async (ctx, { body }) => simulateRules(ctx, body)),
]
