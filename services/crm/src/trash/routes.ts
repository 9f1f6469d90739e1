import { trashEndpoints } from '@ai-crm/contracts'
import { crm } from '../ctx.ts'
import { listTrash } from './list-trash.ts'

export const trashRoutes = [crm.handle(trashEndpoints.listTrash, async (ctx, { query }) => listTrash(ctx, query))]
