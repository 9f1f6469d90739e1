import type { SagaAnswer, SagaRequest } from '@ai-crm/contracts'
import type { ConfigSpec } from '../config.ts'
import type { Ctx, WriteScope } from '../context.ts'
import type { Consumer, ConsumerScope } from '../events/consumer.ts'
import { recallSaga, startSaga } from './advance-saga.ts'
import type { SagaDefinition } from './saga.ts'
import { participant, type Part } from './take-part.ts'

/** The words of a service for sagas, bound to its tables and configuration. */
export const sagaKit = <Tables, Spec extends ConfigSpec>() => ({
  /** A saga that this service coordinates; `start` it in the transaction of its first effect; `recall` it where it is to be undone. */
  saga<Input>(definition: SagaDefinition<ConsumerScope<Tables, Spec>, Input>) {
    const erased = definition as unknown as SagaDefinition
    return {
      ...erased,
      start: (ctx: Omit<Ctx<Tables, Spec>, 'db' | 'write'>, scope: WriteScope<Tables>, id: string, input: Input): Promise<void> =>
        startSaga(erased, { ...ctx, ...scope }, id, input),
      recall: (ctx: Omit<Ctx<Tables, Spec>, 'db' | 'write'>, scope: WriteScope<Tables>, id: string, reason: string): Promise<boolean> =>
        recallSaga(erased, { ...ctx, ...scope }, id, reason),
    }
  },

  /** What this service does for sagas of others, by name of the step. */
  takePart(taking: {
    name: string
    requested: SagaRequest
    answered: SagaAnswer
    parts: Readonly<Record<string, Part<ConsumerScope<Tables, Spec>>>>
  }): Consumer {
    return participant(taking as Parameters<typeof participant>[0])
  },
})
