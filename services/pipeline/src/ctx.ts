import { serviceKit } from '@ai-crm/platform'
import { config } from './config.ts'
import type { Tables } from './tables.ts'

export const pipeline = serviceKit<Tables>()('pipeline', config)
export type Ctx = typeof pipeline.Ctx
