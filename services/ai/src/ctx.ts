import { serviceKit } from '@ai-crm/platform'
import { config } from './config.ts'
import type { Tables } from './tables.ts'

export const ai = serviceKit<Tables>()('ai', config)
export type Ctx = typeof ai.Ctx
export type Scope = typeof ai.Scope
/** What changes rows: a consumer's scope, or what `ctx.write` hands out. */
export type Write = Pick<Scope, 'db' | 'run' | 'atCommit' | 'emit' | 'enqueue'>
export type Config = Ctx['config']
export type Log = Ctx['log']
