import { serviceKit } from '@ai-crm/platform'
import { config } from './config.ts'

/** The gateway owns no tables. */
type NoTables = Record<never, never>

export const gateway = serviceKit<NoTables>()('gateway', config)
export type PublicCtx = typeof gateway.PublicCtx
