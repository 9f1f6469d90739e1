import type { SagaAnswer, SagaRequest } from '@ai-crm/contracts'
import { z } from 'zod'

/** Spread into the configuration of every service that keeps rows of organisations. */
export const erasureVariables = {
  ERASURE_SETTLE_SECONDS: z.coerce
    .number()
    .int()
    .min(0)
    .max(86_400)
    .default(900)
    .describe('How long after an organisation was erased it is erased once more: what was at work then, or had a token, may have written a little longer.'),
}

/** How a service erases an organisation when the one that coordinates asks for the step `<service>.erase`. */
export interface Erasure {
  readonly requested: SagaRequest
  readonly answered: SagaAnswer
  /** What no tenant table knows (addresses, names). Before the rows; may run again. */
  readonly before?: (ctx: never) => Promise<unknown>
}
