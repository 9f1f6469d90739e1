import { securityLogEndpoints } from '@ai-crm/contracts'
import { auth } from '../ctx.ts'
import { exportCsv, exportNdjson } from './export-security-log.ts'
import { listSecurityEvents } from './list-security-events.ts'
import { verifySecurityLog } from './verify-security-log.ts'

export const securityLogRoutes = [
  auth.handle(securityLogEndpoints.listSecurityEvents, async (ctx, { query }) => listSecurityEvents(ctx, query)),
  auth.handle(securityLogEndpoints.verifySecurityLog, async (ctx) => verifySecurityLog(ctx)),
  auth.handle(securityLogEndpoints.exportSecurityLogCsv, async (ctx, { query }) => exportCsv(ctx, query)),
  auth.handle(securityLogEndpoints.exportSecurityLogNdjson, async (ctx, { query }) => exportNdjson(ctx, query)),
]
