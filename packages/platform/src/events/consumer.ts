import type { EventDefinition } from '@ai-crm/contracts'
import type { ConfigSpec } from '../config.ts'
import type { Ctx, WriteScope } from '../context.ts'

/** Event → command. Runs once per event: the inbox row and the effect commit together. */
export interface Consumer {
  /** Key of the inbox, `service.what-it-does`: renaming it replays history. */
  readonly name: string
  readonly event: EventDefinition
  readonly handle: (scope: never, event: never) => Promise<void>
}
export type ConsumerScope<Tables, Spec extends ConfigSpec> = WriteScope<Tables> & Omit<Ctx<Tables, Spec>, 'db' | 'write'>
