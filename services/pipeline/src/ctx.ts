import { serviceKit } from '@ai-crm/platform'
import { config } from './config.ts'
import type { Tables } from './tables.ts'

export const pipeline = serviceKit<Tables>()('pipeline', config)
export type Ctx = typeof pipeline.Ctx
export type Scope = typeof pipeline.Scope
/** What a transaction offers, in a command as in a consumer. */
export type Write = Pick<Scope, 'db' | 'emit' | 'emitAll' | 'enqueue'>
export type Db = Ctx['db']
