import type { PersonErasure } from '@ai-crm/contracts'
import type { Selectable } from 'kysely'
import type { Tables } from '../tables.ts'

export const ERASURE_COLUMNS = ['id', 'contactId', 'state', 'parts', 'waits', 'requestedById', 'requestedAt', 'finishedAt'] as const
type ErasureRow = Pick<Selectable<Tables['personErasure']>, (typeof ERASURE_COLUMNS)[number]>

export const toPersonErasure = ({ requestedAt, finishedAt, ...row }: ErasureRow): PersonErasure => ({
  ...row,
  requestedAt: requestedAt.toISOString(),
  finishedAt: finishedAt?.toISOString() ?? null,
})
