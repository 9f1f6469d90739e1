import { sql } from 'kysely'
import type { Ctx } from '../ctx.ts'

/** In one statement: a few hundred megabytes at most. */
const BATCH = 200

/** Deletes the chunks and files that are of no archive: the export is over, or the service began its part anew. */
export async function clearExport(ctx: Ctx, { exportId }: { exportId: string }): Promise<void> {
  for (const table of ['export_chunk', 'export_file'] as const) {
    for (let count = 1; count > 0;) {
      ctx.signal.throwIfAborted()
      count = await ctx.write(async ({ db }) => {
        const result = await sql`
          delete from ${sql.ref(table)} where ctid = any (array(
            select kept.ctid from ${sql.ref(table)} kept
              join organization_export export on export.organization_id = kept.organization_id and export.id = kept.export_id
              left join export_part part
                on part.organization_id = kept.organization_id and part.export_id = kept.export_id and part.service = kept.service and part.run = kept.run
             where kept.export_id = ${exportId}
               and (export.state not in ('running', 'ready') or (kept.service <> '' and part.service is null))
             limit ${BATCH}))`.execute(db)
        return Number(result.numAffectedRows ?? 0)
      })
    }
  }
}
