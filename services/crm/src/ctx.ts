import { serviceKit } from '@ai-crm/platform'
import { config } from './config.ts'
import type { Tables } from './tables.ts'

export const crm = serviceKit<Tables>()('crm', config)
export type Ctx = typeof crm.Ctx
export type Scope = typeof crm.Scope
/** The database as the service's contexts and transactions offer it. */
export type Db = Ctx['db']
