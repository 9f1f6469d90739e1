import { z } from 'zod'
import { defineEvent } from '../core/event.ts'
import { ListRecord } from './list-fields.ts'
import { OperationKind } from './operations.ts'

const aggregate = { type: 'operation', id: 'operationId' } as const
const named = z.object({ operationId: z.uuid(), kind: OperationKind, record: ListRecord })

/** Somebody began to change many records; each of them tells of its change in events of its own. */
export const operationStarted = defineEvent('operation.started', 1, aggregate, named.extend({ undoesId: z.uuid().nullable() }))

/** It is over: all records are done with, somebody stopped it, or it could not go on. */
export const operationFinished = defineEvent(
  'operation.finished',
  1,
  aggregate,
  named.extend({
    status: z.enum(['done', 'cancelled', 'failed']),
    changed: z.number().int(),
    unchanged: z.number().int(),
    skipped: z.number().int(),
  }),
)
