import { serviceKit } from '@ai-crm/platform'
import { config } from './config.ts'
import type { Tables } from './tables.ts'

export const webhook = serviceKit<Tables>()('webhook', config)
export type Ctx = typeof webhook.Ctx
export type Scope = typeof webhook.Scope
/** What a transaction offers, in a command as in a consumer. */
export type Write = Pick<Scope, 'db' | 'emit' | 'enqueue'>
export type Db = Ctx['db']
