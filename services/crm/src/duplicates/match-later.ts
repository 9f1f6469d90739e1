import type { MergeRecord } from '@ai-crm/contracts'
import type { Job } from '@ai-crm/platform'
import { z } from 'zod'
import type { Ctx, Scope } from '../ctx.ts'
import { matchRecords } from './match-records.ts'

/** A record is new or was changed: which others does it look like? Runs `matchOne`, so that nobody who writes waits for it. */
export const matchRecord: Job<{ record: MergeRecord; id: string }> = {
  name: 'crm.match-record',
  payload: z.object({ record: z.enum(['contact', 'company']), id: z.uuid() }),
}

export const matchLater = ({ enqueue }: Pick<Scope, 'enqueue'>, record: MergeRecord, id: string): Promise<void> =>
  enqueue(matchRecord, { record, id }, { key: id })

export const matchOne = (ctx: Ctx, { record, id }: { record: MergeRecord; id: string }): Promise<void> => matchRecords(ctx, record, [id])

const COMPARED: Readonly<Record<MergeRecord, readonly string[]>> = {
  contact: ['name', 'email', 'emails', 'phone', 'phones', 'telegrams', 'company'],
  company: ['name', 'domains', 'phone'],
}

/** Whether a change is of anything that records are compared by. */
export const isCompared = (record: MergeRecord, changes: object): boolean => COMPARED[record].some((field) => field in changes)
