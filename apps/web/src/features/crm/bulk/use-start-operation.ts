import type { Operation, StartOperation } from '@ai-crm/contracts'
import { api } from '../../../lib/api/api.ts'
import { useCommand } from '../../../lib/api/use-command.ts'
import { trackOperation } from './tracked-operations.ts'

/** From then on its progress is on the screen, whatever page is open. */
export const useStartOperation = (onStarted: (operation: Operation) => void) =>
  useCommand({
    run: (body: StartOperation, idempotencyKey) => api.crm.startOperation({ body, idempotencyKey }),
    onSuccess: (operation) => {
      trackOperation(operation.id)
      onStarted(operation)
    },
  })

export type Undoable = { operationId: string } | { eventId: string }

/** Of an operation, or of one change of a record. */
export const useUndo = (onStarted: (operation: Operation) => void) =>
  useCommand({
    run: (what: Undoable, idempotencyKey) =>
      'eventId' in what
        ? api.crm.undoChange({ params: { eventId: what.eventId }, idempotencyKey })
        : api.crm.undoOperation({ params: { operationId: what.operationId }, idempotencyKey }),
    onSuccess: (operation) => {
      trackOperation(operation.id)
      onStarted(operation)
    },
  })
