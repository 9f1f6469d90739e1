import { importEndpoints } from '@ai-crm/contracts'
import { crm } from '../ctx.ts'
import { analyseImport } from './analyse-import.ts'
import { checkImport } from './check-import.ts'
import { createImport } from './create-import.ts'
import { getImport, listImports } from './get-import.ts'
import { putChunk } from './put-chunk.ts'
import { refusedRows } from './refused-rows.ts'
import { revertImport } from './revert-import.ts'
import { startImport } from './run-import.ts'

export const importRoutes = [
  crm.handle(importEndpoints.listImports, async (ctx, { query }) => listImports(ctx, query)),
  crm.handle(importEndpoints.createImport, async (ctx, { body }) => createImport(ctx, body)),
  crm.handle(importEndpoints.getImport, async (ctx, { params }) => getImport(ctx, params.importId)),
  crm.handle(importEndpoints.putImportChunk, async (ctx, { params, body }) => putChunk(ctx, params.importId, body)),
  crm.handle(importEndpoints.analyseImport, async (ctx, { params, body }) => analyseImport(ctx, params.importId, body)),
  crm.handle(importEndpoints.checkImport, async (ctx, { params, body }) => checkImport(ctx, params.importId, body)),
  crm.handle(importEndpoints.startImport, async (ctx, { params }) => startImport(ctx, params.importId)),
  crm.handle(importEndpoints.revertImport, async (ctx, { params }) => revertImport(ctx, params.importId)),
  crm.handle(importEndpoints.downloadRefusedRows, async (ctx, { params }) => refusedRows(ctx, params.importId)),
]
