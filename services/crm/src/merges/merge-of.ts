import type { MergeRecord } from '@ai-crm/contracts'
import type { WriteScope } from '@ai-crm/platform'
import { sql, type RawBuilder } from 'kysely'
import type { Tables } from '../tables.ts'

export interface MergeOf {
  readonly id: string
  readonly record: MergeRecord
  readonly survivorId: string
  readonly mergedId: string
}
export type Writing = WriteScope<Tables>

/** `skip`: what somebody is changing in this moment follows by the job. */
export type Waiting = 'skip' | 'wait'

export const skipping = (waiting: Waiting): RawBuilder<unknown> => (waiting === 'skip' ? sql`skip locked` : sql``)
