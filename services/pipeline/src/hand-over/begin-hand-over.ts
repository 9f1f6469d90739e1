import { HandOverPlan } from '@ai-crm/contracts'
import { v7 as uuidV7 } from 'uuid'
import type { Scope } from '../ctx.ts'
import { startSaga } from './hand-over-saga.ts'
import { tellHandedOver, type WonDeal } from './tell-handed-over.ts'

/** A deal that is won, for the first time or anew. */
export interface Winning extends Omit<WonDeal, 'ownerId'> {
  /** Of the stay that began with it. */
  readonly sequence: number
}

/**
 * Hands a won deal over as its pipeline says; where that says nothing, the news goes out at once. One after the other: while an earlier hand-over of
 * the deal is on its way back, this one waits for its turn.
 */
export async function beginHandOver(scope: Scope, won: Winning): Promise<void> {
  const plan = await planOf(scope, won.pipelineId)
  if (isNothing(plan)) await tellHandedOver(scope, { ...won, ownerId: won.ownerBeforeId }, null)
  else await store(scope, won, 1, plan)
}

/** Once more, by what the pipeline says now. Returns the id of the new hand-over. */
export async function beginAgain(scope: Scope, won: Winning, attempt: number): Promise<string> {
  return store(scope, won, attempt, await planOf(scope, won.pipelineId))
}

const isNothing = ({ ownerId, tasks }: HandOverPlan): boolean => ownerId === null && tasks.length === 0

/** As of now; of an archived pipeline as it was. */
async function planOf({ db }: Pick<Scope, 'db'>, pipelineId: string): Promise<HandOverPlan> {
  const row = await db.selectFrom('pipeline').select('handOver').where('id', '=', pipelineId).executeTakeFirst()
  return row?.handOver ?? HandOverPlan.parse({})
}

async function store(scope: Scope, { sequence, ...won }: Winning, attempt: number, plan: HandOverPlan): Promise<string> {
  const { db } = scope
  // Held: whoever ends it finds this one waiting.
  const earlier = await db.selectFrom('handOver').select('id').where('dealId', '=', won.dealId).where('state', '=', 'running').forUpdate().executeTakeFirst()
  const id = uuidV7()
  const ownerId = plan.ownerId ?? won.ownerBeforeId
  const state = earlier ? 'waiting' : 'running'
  await db
    .insertInto('handOver')
    .values({ ...won, id, sequence, attempt, state, ownerId, taskCount: plan.tasks.length })
    .execute()
  if (!earlier) await startSaga(scope, { id, dealId: won.dealId }, plan)
  return id
}
