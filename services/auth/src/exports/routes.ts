import { exportEndpoints, internalExportEndpoints } from '@ai-crm/contracts'
import type { ServiceCaller } from '@ai-crm/platform'
import { auth, type Ctx, type PublicCtx } from '../ctx.ts'
import { sessionOver } from '../sessions/errors.ts'
import { beginPart } from './begin-part.ts'
import { createDownload } from './create-download.ts'
import { downloadExport } from './download-export.ts'
import { dropExport } from './drop-export.ts'
import { keepBatch } from './keep-batch.ts'
import { listExports } from './list-exports.ts'
import { requestExport } from './request-export.ts'

export const exportRoutes = [
  auth.handle(exportEndpoints.listExports, async (ctx) => listExports(ctx)),
  auth.handle(exportEndpoints.requestExport, async (ctx, _input, { principal }) => {
    if (!principal) throw sessionOver()
    return requestExport(ctx, principal)
  }),
  auth.handle(exportEndpoints.dropExport, async (ctx, { params }) => dropExport(ctx, params.exportId)),
  auth.handle(exportEndpoints.createExportDownload, async (ctx, { params }, { principal }) => {
    if (!principal) throw sessionOver()
    return createDownload(ctx, principal, params.exportId)
  }),
  auth.handle(exportEndpoints.downloadExport, async (ctx, { query }, http) => downloadExport(ctx, query.ticket, http)),
  auth.handle(internalExportEndpoints.beginExportPart, async (ctx, { body }, { caller }) => {
    const { service, within } = enter(ctx, caller)
    return { run: await beginPart(within, service, body.exportId) }
  }),
  auth.handle(internalExportEndpoints.keepExportBatch, async (ctx, { body }, { caller }) => {
    const { service, within } = enter(ctx, caller)
    return { isWanted: await keepBatch(within, service, body) }
  }),
]

/** A service brings its own part only, and that of the organisation of its token. */
function enter(ctx: PublicCtx, caller: ServiceCaller | null): { service: string; within: Ctx } {
  if (!caller?.organizationId) throw sessionOver()
  return { service: caller.service, within: ctx.enter(caller.organizationId, { type: 'system', id: null }) }
}
