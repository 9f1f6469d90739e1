import { EXPORTING_SERVICES, OrganizationExport } from '@ai-crm/contracts'
import { notFound } from '@ai-crm/platform'
import { sql, type Selectable } from 'kysely'
import type { Db } from '../ctx.ts'
import type { Tables } from '../tables.ts'

const PartRow = OrganizationExport.shape.parts

/** With the parts in one round trip, in the order in which services start. */
export const selectExports = (db: Db) =>
  db
    .selectFrom('organizationExport')
    .leftJoin('userAccount', 'userAccount.id', 'organizationExport.requestedBy')
    .selectAll('organizationExport')
    .select('userAccount.name as requestedByName')
    .select(
      sql`coalesce((select json_agg(json_build_object('service', part.service, 'state', part.state, 'rowCount', part.row_count)
        order by array_position(${[...EXPORTING_SERVICES]}::text[], part.service))
        from export_part part where part.organization_id = organization_export.organization_id and part.export_id = organization_export.id), '[]')`.as('parts'),
    )

type Row = Selectable<Tables['organizationExport']> & { requestedByName: string | null; parts: unknown }

export function toExport(row: Row): OrganizationExport {
  const parts = PartRow.parse(row.parts)
  return {
    id: row.id,
    state: row.state,
    requestedBy: { id: row.requestedBy, name: row.requestedByName },
    requestedAt: row.requestedAt.toISOString(),
    parts,
    rowCount: row.state === 'running' ? parts.reduce((sum, { rowCount }) => sum + rowCount, 0) : row.rowCount,
    fileCount: row.fileCount,
    sizeBytes: row.sizeBytes,
    archiveBytes: row.archiveBytes,
    readyAt: row.readyAt?.toISOString() ?? null,
    expiresAt: row.expiresAt?.toISOString() ?? null,
    endedAt: row.endedAt?.toISOString() ?? null,
    problem: OrganizationExport.shape.problem.catch(null).parse(row.problem),
  }
}

/** Throws `notFound` (404). */
export async function readExport(db: Db, exportId: string): Promise<OrganizationExport> {
  const row = await selectExports(db).where('organizationExport.id', '=', exportId).executeTakeFirst()
  if (!row) throw notFound('export')
  return toExport(row)
}
