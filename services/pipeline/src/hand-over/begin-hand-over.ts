import type { HandOverPlan } from '@ai-crm/contracts'
import { v7 as uuidV7 } from 'uuid'
import type { Scope } from '../ctx.ts'
import { startSaga } from './hand-over-saga.ts'
import { planOf } from './plan-of.ts'
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
  const plan = await planOf(scope.db, won.pipelineId)
  const isWaiting = await isOneRunning(scope, won.dealId)
  if (isNothing(plan) && !isWaiting) await tellHandedOver(scope, { ...won, ownerId: won.ownerBeforeId }, null)
  else await store(scope, won, { plan, attempt: 1, isWaiting })
}

/** Once more, by what the pipeline says now; the one before is over. */
export async function beginAgain(scope: Scope, won: Winning, attempt: number): Promise<void> {
  await store(scope, won, { plan: await planOf(scope.db, won.pipelineId), attempt, isWaiting: false })
}

const isNothing = ({ ownerId, tasks }: HandOverPlan): boolean => ownerId === null && tasks.length === 0

/** Held until the end of the transaction: whoever ends it finds the next one waiting. */
async function isOneRunning({ db }: Pick<Scope, 'db'>, dealId: string): Promise<boolean> {
  const running = await db.selectFrom('handOver').select('id').where('dealId', '=', dealId).where('state', '=', 'running').forUpdate().executeTakeFirst()
  return running !== undefined
}

async function store(scope: Scope, won: Winning, how: { plan: HandOverPlan; attempt: number; isWaiting: boolean }): Promise<void> {
  const { plan, attempt, isWaiting } = how
  const id = uuidV7()
  const ownerId = plan.ownerId ?? won.ownerBeforeId
  await scope.db
    .insertInto('handOver')
    .values({ ...won, id, attempt, state: isWaiting ? 'waiting' : 'running', ownerId, taskCount: plan.tasks.length })
    .execute()
  if (!isWaiting) await startSaga(scope, { id, dealId: won.dealId }, plan)
}
