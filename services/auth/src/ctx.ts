import { serviceKit } from '@ai-crm/platform'
import { config } from './config.ts'
import type { Tables } from './tables.ts'

export const auth = serviceKit<Tables>()('auth', config)
export type Ctx = typeof auth.Ctx
export type PublicCtx = typeof auth.PublicCtx
export type Scope = typeof auth.Scope
/** The database as a transaction of the service offers it. */
export type Db = Ctx['db']
