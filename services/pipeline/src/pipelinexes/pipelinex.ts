import type { Pipelinex } from '@ai-crm/contracts'
import type { Selectable } from 'kysely'
import type { Tables } from '../tables.ts'

export const toPipelinex = ({ id, name, createdAt }: Selectable<Tables['pipelinex']>): Pipelinex => ({ id, name, createdAt: createdAt.toISOString() })
