import type { OrganizationExport } from '@ai-crm/contracts'
import type { Ctx } from '../ctx.ts'
import { selectExports, toExport } from './export.ts'

const LIMIT = 20

/** Newest first. */
export async function listExports(ctx: Ctx): Promise<{ items: OrganizationExport[] }> {
  const rows = await selectExports(ctx.db).orderBy('organizationExport.requestedAt', 'desc').orderBy('organizationExport.id', 'desc').limit(LIMIT).execute()
  return { items: rows.map(toExport) }
}
