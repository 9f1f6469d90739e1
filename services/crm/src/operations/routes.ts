import { operationEndpoints } from '@ai-crm/contracts'
import { crm } from '../ctx.ts'
import { cancelOperation } from './cancel-operation.ts'
import { getOperation } from './get-operation.ts'
import { listOperationRecords } from './list-operation-records.ts'
import { listOperations } from './list-operations.ts'

export const operationRoutes = [
  crm.handle(operationEndpoints.listOperations, async (ctx, { query }) => listOperations(ctx, query)),
  crm.handle(operationEndpoints.getOperation, async (ctx, { params }) => getOperation(ctx, params.operationId)),
  crm.handle(operationEndpoints.listOperationRecords, async (ctx, { params, query }) => listOperationRecords(ctx, params.operationId, query)),
  crm.handle(operationEndpoints.cancelOperation, async (ctx, { params }) => cancelOperation(ctx, params.operationId)),
]
