import { MAX_IMPORT_BYTES, type CreateImport, type Import } from '@ai-crm/contracts'
import { sql } from 'kysely'
import type { Ctx } from '../ctx.ts'
import { starterOf } from '../operations/operation.ts'
import { fileTooLarge, tooManyImports } from './errors.ts'
import { readImport } from './import.ts'

/** Files that wait for their owner take room: those that were never started go first when there are more. */
const MAX_OPEN = 5

/** Throws `fileTooLarge` (413) before anything is sent, `tooManyImports` (409). */
export async function createImport(ctx: Ctx, { fileName, sizeBytes }: CreateImport): Promise<Import> {
  if (sizeBytes > MAX_IMPORT_BYTES) throw fileTooLarge(MAX_IMPORT_BYTES)
  return ctx.write(async ({ db }) => {
    const createdById = starterOf(ctx)
    await sql`select pg_advisory_xact_lock(hashtextextended('crm.imports:' || ${ctx.organizationId}::text || ${createdById ?? ''}::text, 0))`.execute(db)
    const idle = db
      .selectFrom('import')
      .select('id')
      .where('createdById', '=', createdById)
      .where('state', 'in', ['uploading', 'mapping', 'checked', 'refused'])
    await db
      .deleteFrom('import')
      .where('id', 'in', idle.orderBy('id', 'desc').offset(MAX_OPEN - 1))
      .execute()
    const busy = await db.selectFrom('import').select('id').where('createdById', '=', createdById).where('state', 'in', ['analysing', 'checking']).execute()
    if (busy.length >= MAX_OPEN) throw tooManyImports(MAX_OPEN)
    const { id } = await db.insertInto('import').values({ fileName, sizeBytes, createdById }).returning('id').executeTakeFirstOrThrow()
    return readImport(ctx, db, id)
  })
}
