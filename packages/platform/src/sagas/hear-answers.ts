import type { EventData, SagaAnswer } from '@ai-crm/contracts'
import type { Consumer } from '../events/consumer.ts'
import { moveSaga, type SagaScope } from './advance-saga.ts'
import type { SagaDefinition } from './saga.ts'
import { hear } from './saga-state.ts'
import { lockSaga } from './saga-store.ts'

/** The consumers of a service that coordinates sagas: one for each kind of answer. */
export function answerConsumers(service: string, sagas: readonly SagaDefinition[]): readonly Consumer[] {
  const events = new Set(sagas.flatMap(({ answered }) => answered))
  return [...events].map((event) => ({
    name: `${service}.hear-${event.type}`,
    event,
    handle: (scope: SagaScope, { data }: { data: EventData<SagaAnswer> }) => hearAnswer(sagas, scope, data),
  }))
}

async function hearAnswer(sagas: readonly SagaDefinition[], scope: SagaScope, answer: EventData<SagaAnswer>): Promise<void> {
  const saga = await lockSaga(scope.db, answer.sagaId)
  const definition = sagas.find(({ name }) => name === saga?.name)
  // Of a saga of another service: who takes part answers everybody by the same event.
  if (!saga || !definition) return
  const move = hear(saga, answer, definition.order)
  if (move) await moveSaga(definition, scope, saga, move)
  else scope.log.debug({ sagaId: saga.id, step: answer.step, outcome: answer.outcome }, 'an answer changed nothing')
}
