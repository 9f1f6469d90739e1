import { z } from 'zod'
import { defineEvent } from './event.ts'

const saga = { type: 'saga', id: 'sagaId' } as const

/**
 * What a service that coordinates asks of others: one event of its own, told apart by `step` (`messaging.open-channel`).
 * A request may come again; the key of its effect is (sagaId, step). `undo` may come without `do` having been seen.
 */
export const defineSagaRequest = <const Type extends string>(type: Type) =>
  defineEvent(
    type,
    1,
    saga,
    z.object({
      sagaId: z.uuid(),
      step: z.string().min(1).max(100),
      action: z.enum(['do', 'undo']),
      input: z.record(z.string(), z.unknown()),
    }),
  )
export type SagaRequest = ReturnType<typeof defineSagaRequest<string>>

/** What a service that takes part answers. `refused`: it will not be done, however often it is asked; nothing was changed. */
export const defineSagaAnswer = <const Type extends string>(type: Type) =>
  defineEvent(
    type,
    1,
    saga,
    z.object({
      sagaId: z.uuid(),
      step: z.string().min(1).max(100),
      outcome: z.enum(['done', 'refused', 'undone']),
      reason: z.string().max(500).nullable(),
    }),
  )
export type SagaAnswer = ReturnType<typeof defineSagaAnswer<string>>
