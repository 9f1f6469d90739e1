import { serviceKit } from '@ai-crm/platform'
import { config } from './config.ts'
import type { Tables } from './tables.ts'

export const messaging = serviceKit<Tables>()('messaging', config)
export type Ctx = typeof messaging.Ctx
export type PublicCtx = typeof messaging.PublicCtx
export type Scope = typeof messaging.Scope
/** What a transaction offers, in a command as in a consumer. */
export type Write = Pick<Scope, 'db' | 'atCommit' | 'gather' | 'emit' | 'enqueue'>
/** The database as contexts and transactions offer it. */
export type Db = Ctx['db']
