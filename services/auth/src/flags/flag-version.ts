import { sql } from 'kysely'
import type { Db } from '../ctx.ts'

/** The number of the change that this transaction makes. Whoever changes a flag waits here for the one before. */
export async function nextFlagVersion(db: Db): Promise<number> {
  const { version } = await db
    .updateTable('flagVersion')
    .set({ version: sql`version + 1` })
    .returning('version')
    .executeTakeFirstOrThrow()
  return version
}

export async function readFlagVersion(db: Db): Promise<number> {
  const row = await db.selectFrom('flagVersion').select('version').executeTakeFirst()
  return row?.version ?? 0
}
