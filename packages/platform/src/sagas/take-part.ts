import type { EventData, SagaAnswer, SagaRequest } from '@ai-crm/contracts'
import { sql } from 'kysely'
import { defineFailpoint } from '../failpoints/failpoint.ts'
import type { Consumer } from '../events/consumer.ts'
import type { SagaScope } from './advance-saga.ts'

const effected = defineFailpoint('saga.effected', 'A step has its effect and its answer in a transaction that is not committed; by action and step')

/** A step of others' sagas, as the service sees it that takes part. Both run in a consumer's transaction, at most once each. */
export interface Part<Scope = never> {
  /** Refuse (with a reason, having changed nothing) what no repetition would help; throw what may pass. */
  do(scope: Scope, input: Readonly<Record<string, unknown>>): Promise<{ readonly refused: string } | void>
  /** Takes back what `do` did; called only when it did. */
  undo(scope: Scope, input: Readonly<Record<string, unknown>>): Promise<void>
}

interface Taking {
  readonly name: string
  readonly requested: SagaRequest
  readonly answered: SagaAnswer
  /** By name of the step. */
  readonly parts: Readonly<Record<string, Part>>
}

/** Hears requests, does its part once per saga, and answers each time it is asked. Steps of other services are left to them. */
export function participant({ name, requested, answered, parts }: Taking): Consumer {
  return {
    name,
    event: requested,
    async handle(scope: SagaScope, { data }: { data: EventData<SagaRequest> }) {
      const part = parts[data.step]
      if (!part) return
      const answer = await (data.action === 'do' ? doOnce(part, scope, data) : undoOnce(part, scope, data))
      await scope.emit(answered({ sagaId: data.sagaId, step: data.step, ...answer }))
      effected(`${data.action} ${data.step}`)
    },
  }
}

interface Answer {
  readonly outcome: 'done' | 'refused' | 'undone'
  readonly reason: string | null
}

async function doOnce(part: Part, scope: SagaScope, { sagaId, step, input }: EventData<SagaRequest>): Promise<Answer> {
  const known = await lockAnswer(scope, sagaId, step)
  if (known) return known.outcome === 'undone' ? { outcome: 'refused', reason: 'It was undone before.' } : known
  // Bound to the service's scope where the part was written; erased here.
  const result = await part.do(scope as never, input)
  return keep(scope, sagaId, step, result ? { outcome: 'refused', reason: result.refused.slice(0, 500) } : { outcome: 'done', reason: null })
}

async function undoOnce(part: Part, scope: SagaScope, { sagaId, step, input }: EventData<SagaRequest>): Promise<Answer> {
  const known = await lockAnswer(scope, sagaId, step)
  if (known?.outcome === 'done') await part.undo(scope as never, input)
  // Kept also where nothing was done: a request that comes late is refused by it.
  return keep(scope, sagaId, step, { outcome: 'undone', reason: null })
}

/** Requests of one step take turns: two copies of one must not both find nothing. */
async function lockAnswer(scope: SagaScope, sagaId: string, step: string): Promise<Answer | null> {
  await sql`select pg_advisory_xact_lock(hashtext(${sagaId}), hashtext(${step}))`.execute(scope.db)
  const { rows } = await sql<Answer>`select outcome, reason from saga_answer where saga_id = ${sagaId} and step = ${step}`.execute(scope.db)
  return rows[0] ?? null
}

async function keep(scope: SagaScope, sagaId: string, step: string, answer: Answer): Promise<Answer> {
  await sql`insert into saga_answer (saga_id, step, outcome, reason) values (${sagaId}, ${step}, ${answer.outcome}, ${answer.reason})
            on conflict (organization_id, saga_id, step) do update set outcome = excluded.outcome, reason = excluded.reason`.execute(scope.db)
  return answer
}
