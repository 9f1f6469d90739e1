import { operationEndpoints } from '@ai-crm/contracts'
import { crm } from '../ctx.ts'
import { cancelOperation } from './cancel-operation.ts'
import { getOperation } from './get-operation.ts'
import { listOperationRecords } from './list-operation-records.ts'
import { listOperations } from './list-operations.ts'
import { previewOperation } from './preview-operation.ts'
import { startOperation } from './start-operation.ts'
import { previewUndoChange, undoChange } from './undo-change.ts'
import { previewUndo, undoOperation } from './undo-operation.ts'

export const operationRoutes = [
  crm.handle(operationEndpoints.startOperation, async (ctx, { body }) => startOperation(ctx, body)),
  crm.handle(operationEndpoints.previewOperation, async (ctx, { body }) => previewOperation(ctx, body)),
  crm.handle(operationEndpoints.previewUndo, async (ctx, { params }) => previewUndo(ctx, params.operationId)),
  crm.handle(operationEndpoints.undoOperation, async (ctx, { params }) => undoOperation(ctx, params.operationId)),
  crm.handle(operationEndpoints.previewUndoChange, async (ctx, { params }) => previewUndoChange(ctx, params.eventId)),
  crm.handle(operationEndpoints.undoChange, async (ctx, { params }) => undoChange(ctx, params.eventId)),
  crm.handle(operationEndpoints.listOperations, async (ctx, { query }) => listOperations(ctx, query)),
  crm.handle(operationEndpoints.getOperation, async (ctx, { params }) => getOperation(ctx, params.operationId)),
  crm.handle(operationEndpoints.listOperationRecords, async (ctx, { params, query }) => listOperationRecords(ctx, params.operationId, query)),
  crm.handle(operationEndpoints.cancelOperation, async (ctx, { params }) => cancelOperation(ctx, params.operationId)),
]
