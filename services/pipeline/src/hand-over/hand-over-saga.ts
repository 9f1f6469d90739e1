import {
  authSagaAnswered,
  crmSagaAnswered,
  dealHandOverBegun,
  dealHandOverUndone,
  HandOverInput,
  HandOverReason,
  pipelineSagaRequested,
  type HandOverPlan,
} from '@ai-crm/contracts'
import { pipeline, type Scope } from '../ctx.ts'
import { planOf } from './plan-of.ts'
import { tellHandedOver } from './tell-handed-over.ts'

/**
 * A won deal gets another owner and what is to be done next, or neither. Auth says first whether the people who are named can do it; what CRM did is
 * taken back in reverse.
 */
export const handOverWonDeal = pipeline.saga<HandOverInput>({
  name: 'pipeline.hand-over-won-deal',
  input: HandOverInput,
  steps: ['auth.vouch-for-people', 'crm.give-deal', 'crm.make-hand-over-tasks'],
  order: 'in-turn',
  stepTimeoutMs: ({ config }) => config.HAND_OVER_TIMEOUT_SECONDS * 1_000,
  requested: pipelineSagaRequested,
  answered: [authSagaAnswered, crmSagaAnswered],
  async whenDone(scope, { handOverId }) {
    const done = await end(scope, handOverId, { state: 'done', reason: null })
    await tellHandedOver(scope, done, handOverId)
  },
  async undo(scope, { handOverId, dealId }, given) {
    const reason = HandOverReason.catch('no-answer').parse(given)
    await end(scope, handOverId, { state: 'undone', reason })
    await scope.emit(dealHandOverUndone({ dealId, handOverId, reason }))
    await beginNext(scope, dealId)
  },
})

/** What the plan says begins for a hand-over whose row is stored, in this transaction. */
export async function startSaga(scope: Scope, { id, dealId }: { id: string; dealId: string }, plan: HandOverPlan): Promise<void> {
  await handOverWonDeal.start(scope, scope, id, { ...plan, handOverId: id, dealId })
  await scope.emit(dealHandOverBegun({ dealId, handOverId: id }))
}

const end = ({ db }: Scope, id: string, how: { state: 'done' | 'undone'; reason: HandOverReason | null }) =>
  db
    .updateTable('handOver')
    .set({ ...how, endedAt: new Date() })
    .where('id', '=', id)
    .returning(['dealId', 'pipelineId', 'stageId', 'decidedAt', 'amountMinor', 'currency', 'ownerBeforeId', 'ownerId'])
    .executeTakeFirstOrThrow()

/** The deal was won anew while this one was being undone: now it is its turn, as the pipeline says today. */
async function beginNext(scope: Scope, dealId: string): Promise<void> {
  const next = await scope.db
    .selectFrom('handOver')
    .select(['id', 'dealId', 'pipelineId', 'ownerBeforeId'])
    .where('dealId', '=', dealId)
    .where('state', '=', 'waiting')
    .forUpdate()
    .executeTakeFirst()
  if (!next) return
  const plan = await planOf(scope.db, next.pipelineId)
  await scope.db
    .updateTable('handOver')
    .set({ state: 'running', ownerId: plan.ownerId ?? next.ownerBeforeId, taskCount: plan.tasks.length })
    .where('id', '=', next.id)
    .execute()
  await startSaga(scope, next, plan)
}
