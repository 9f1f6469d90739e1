import type { QueryExecutorProvider } from 'kysely'
import type { Ctx, WriteScope } from '../context.ts'
import { backoffMs } from '../events/backoff.ts'
import { defineFailpoint } from '../failpoints/failpoint.ts'
import { RETRY_FIRST_MS, RETRY_LONGEST_MS, type SagaDefinition } from './saga.ts'
import { begin, type Move, recall } from './saga-state.ts'
import { insertSaga, lockSaga, updateSaga, type StoredSaga } from './saga-store.ts'

const asked = defineFailpoint('saga.asked', 'A saga has asked for a step (or its undoing) in a transaction that is not committed; by action and step')
const ended = defineFailpoint('saga.ended', 'A saga is done or undone in a transaction that is not committed; by its name')

/** Scope of the transaction that moves a saga; what the service bound its hooks to is erased here, as in the table of consumers. */
export type SagaScope = Omit<Ctx, 'db' | 'write'> & Pick<WriteScope<unknown>, 'emit' | 'origin'> & { readonly db: QueryExecutorProvider }

/** Starts a saga inside the caller's transaction: both or neither. */
export async function startSaga(definition: SagaDefinition, scope: SagaScope, id: string, input: unknown): Promise<void> {
  const move = begin(definition.steps, definition.order)
  const { state, steps, reason } = move.next
  const saga = { id, name: definition.name, state, steps, reason, input, correlationId: scope.correlationId }
  await insertSaga(scope.db, saga, { deadlineInMs: definition.stepTimeoutMs(scope as never), wakeInMs: backoffMs(1, RETRY_FIRST_MS, RETRY_LONGEST_MS) })
  await ask(definition, scope, { id, input }, move)
}

/** Turns a running saga back inside the caller's transaction; false where it is over, or on its way back already. */
export async function recallSaga(definition: SagaDefinition, scope: SagaScope, id: string, reason: string): Promise<boolean> {
  const saga = await lockSaga(scope.db, id)
  const move = saga && recall(saga, reason)
  if (!saga || !move) return false
  await moveSaga(definition, scope, saga, move)
  return true
}

/** Stores where the saga is now, asks for what comes next, and runs the service's own part when it is over. */
export async function moveSaga(definition: SagaDefinition, scope: SagaScope, saga: StoredSaga, move: Move): Promise<void> {
  const attempts = Math.max(1, ...move.next.steps.map((step) => step.attempts))
  const timers = { deadlineInMs: definition.stepTimeoutMs(scope as never), wakeInMs: backoffMs(attempts, RETRY_FIRST_MS, RETRY_LONGEST_MS) }
  await updateSaga(scope.db, saga.id, move.next, timers, move.isNewStep)
  await ask(definition, scope, saga, move)
  const { state, reason } = move.next
  if (state === 'running' || state === 'undoing') return
  // The definition bound scope and input to its hooks; in the table of sagas they are erased.
  const input = definition.input.parse(saga.input)
  if (state === 'done') await definition.whenDone(scope as never, input)
  else await definition.undo(scope as never, input, reason ?? '')
  scope.log.info({ saga: definition.name, sagaId: saga.id, outcome: state, reason }, 'saga ended')
  ended(definition.name)
}

async function ask(definition: SagaDefinition, scope: SagaScope, { id, input }: Pick<StoredSaga, 'id' | 'input'>, { requests }: Move): Promise<void> {
  for (const { step, action } of requests) {
    await scope.emit(definition.requested({ sagaId: id, step, action, input: definition.input.parse(input) }))
    asked(`${action} ${step}`)
  }
}
