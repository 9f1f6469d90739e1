import type { Envelope } from '@ai-crm/contracts'
import type { Consumer } from '../service.ts'

/** One consumer that wants one event. */
export interface Told {
  readonly consumer: Consumer
  /** Its data is parsed already. */
  readonly envelope: Envelope
}
