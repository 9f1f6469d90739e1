import { serviceKit } from '@ai-crm/platform'
import { config } from './config.ts'
import type { Tables } from './tables.ts'

export const websocket = serviceKit<Tables>()('websocket', config)
export type Ctx = typeof websocket.Ctx
export type PublicCtx = typeof websocket.PublicCtx
export type Scope = typeof websocket.Scope
