import type { PageQuery, Stay } from '@ai-crm/contracts'
import { decodeCursor, encodeCursor, notFound } from '@ai-crm/platform'
import { z } from 'zod'
import type { Ctx } from '../ctx.ts'
import { mayRead } from './deal-reach.ts'

const Position = z.tuple([z.number().int()])

/** The stays of a living deal, newest first. */
export async function listStays(ctx: Ctx, dealId: string, { limit, cursor }: PageQuery): Promise<{ items: Stay[]; nextCursor: string | null }> {
  const kind = `deal-stays/${dealId}`
  const before = cursor === undefined ? null : Position.parse(decodeCursor(ctx, kind, cursor))[0]
  const [deal, rows] = await Promise.all([
    ctx.db
      .selectFrom('deal')
      .select(['amountMinor', 'currency', 'ownerId'])
      .where('id', '=', dealId)
      .where('isDeleted', '=', false)
      .where(mayRead(ctx))
      .executeTakeFirst(),
    staysOf(ctx, dealId, before, limit + 1),
  ])
  if (!deal) throw notFound('deal')
  const page = rows.slice(0, limit)
  const last = rows.length > limit ? page.at(-1) : undefined
  return { items: page.map((row) => toStay(row, deal)), nextCursor: last ? encodeCursor(ctx, kind, [last.sequence]) : null }
}

const staysOf = ({ db }: Ctx, dealId: string, before: number | null, limit: number) =>
  db
    .selectFrom('stay')
    .leftJoin('stage', (join) => join.onRef('stage.organizationId', '=', 'stay.organizationId').onRef('stage.id', '=', 'stay.stageId'))
    .leftJoin('pipeline', (join) => join.onRef('pipeline.organizationId', '=', 'stay.organizationId').onRef('pipeline.id', '=', 'stay.pipelineId'))
    .select([
      ...(['stay.sequence', 'stay.stageId', 'stay.pipelineId', 'stay.stageKind', 'stay.enteredAt', 'stay.enteredBy'] as const),
      ...(['stay.leftAt', 'stay.outcome', 'stay.leftBy', 'stay.amountMinor', 'stay.currency', 'stay.ownerId'] as const),
      'stage.name as stageName',
      'pipeline.name as pipelineName',
    ])
    .where('stay.dealId', '=', dealId)
    .$if(before !== null, (query) => query.where('stay.sequence', '<', before))
    .orderBy('stay.sequence', 'desc')
    .limit(limit)
    .execute()

type Row = Awaited<ReturnType<typeof staysOf>>[number]

/** What stands there still is worth what the deal is worth. */
function toStay(
  { sequence: _, stageId, enteredAt, leftAt, amountMinor, currency, ownerId, ...row }: Row,
  deal: Pick<Row, 'amountMinor' | 'currency' | 'ownerId'>,
): Stay {
  const worth = leftAt === null ? deal : { amountMinor, currency, ownerId }
  return { ...row, ...worth, stage: stageId, enteredAt: enteredAt.toISOString(), leftAt: leftAt?.toISOString() ?? null }
}
