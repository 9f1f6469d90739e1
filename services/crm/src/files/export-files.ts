import type { ExportedFile } from '@ai-crm/platform'
import { sql, type RawBuilder } from 'kysely'
import type { Db } from '../ctx.ts'
import { streamFile } from './read-content.ts'

const PAGE = 200

/** Every file about a record that is there, byte for byte, of those that the condition over `t` finds: for an archive. What the scanner found stays here. */
export async function* recordFiles(db: Db, only: RawBuilder<boolean> = sql`true`): AsyncGenerator<ExportedFile> {
  let last: string | null = null
  do {
    const page: readonly { id: string; name: string; sizeBytes: number }[] = await db
      .selectFrom('file as t')
      .select(['id', 'name', 'sizeBytes'])
      .where(only)
      .where('isComplete', '=', true)
      .where('deletedAt', 'is', null)
      .where(sql<boolean>`coalesce(t.scan_state, 'clean') not in ('infected', 'unscannable')`)
      .$if(last !== null, (query) => query.where('id', '>', last ?? ''))
      .orderBy('id')
      .limit(PAGE)
      .execute()
    for (const file of page) yield { name: `file/${file.id}${endingOf(file.name)}`, sizeBytes: file.sizeBytes, blocks: streamFile(db, file) }
    last = page.length === PAGE ? (page.at(-1)?.id ?? null) : null
  } while (last !== null)
}

/** Of a name that people chose only what is harmless on every system: `.pdf`. */
function endingOf(name: string): string {
  const ending = /\.([A-Za-z0-9]{1,8})$/.exec(name)?.[1]
  return ending === undefined ? '' : `.${ending.toLowerCase()}`
}
