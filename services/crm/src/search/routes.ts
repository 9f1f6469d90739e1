import { searchEndpoints } from '@ai-crm/contracts'
import { crm } from '../ctx.ts'
import { searchRecords } from './search-records.ts'

export const searchRoutes = [crm.handle(searchEndpoints.searchRecords, async (ctx, { query }) => searchRecords(ctx, query))]
