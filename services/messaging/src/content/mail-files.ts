import type { ExportedFile } from '@ai-crm/platform'
import { sql, type RawBuilder } from 'kysely'
import type { Db } from '../ctx.ts'
import { attachmentPart, SOURCE_PART } from './store-content.ts'
import { streamContent } from './read-content.ts'

const PAGE = 200

/**
 * Every raw mail as it came or went, byte for byte, then every attachment, of those that the condition over `t` finds: for an archive. What the
 * scanner found stays here, and so does the mail that it came with.
 */
export async function* mailFiles(db: Db, only: RawBuilder<boolean> = sql`true`): AsyncGenerator<ExportedFile> {
  yield* sources(db, only)
  yield* attachments(db, only)
}

async function* sources(db: Db, only: RawBuilder<boolean>): AsyncGenerator<ExportedFile> {
  let last: string | null = null
  do {
    const page: readonly { messageId: string; sizeBytes: number; isInline: boolean }[] = await db
      .selectFrom('rawMessage as t')
      .select(['messageId', 'sizeBytes', sql<boolean>`source is not null`.as('isInline')])
      .where(only)
      .where(sql<boolean>`not exists (select from attachment a where a.message_id = t.message_id and a.scan_state in ('infected', 'unscannable'))`)
      .$if(last !== null, (query) => query.where('messageId', '>', last ?? ''))
      .orderBy('messageId')
      .limit(PAGE)
      .execute()
    for (const row of page) yield { name: `source/${row.messageId}.eml`, sizeBytes: row.sizeBytes, blocks: streamContent(db, { ...row, part: SOURCE_PART }) }
    last = page.length === PAGE ? (page.at(-1)?.messageId ?? null) : null
  } while (last !== null)
}

async function* attachments(db: Db, only: RawBuilder<boolean>): AsyncGenerator<ExportedFile> {
  let last: string | null = null
  do {
    const page: readonly { id: string; messageId: string; position: number; fileName: string; sizeBytes: number; isInline: boolean }[] = await db
      .selectFrom('attachment as t')
      .select(['id', 'messageId', 'position', 'fileName', 'sizeBytes', sql<boolean>`content is not null`.as('isInline')])
      .where(only)
      .where(sql<boolean>`coalesce(t.scan_state, 'clean') not in ('infected', 'unscannable')`)
      .$if(last !== null, (query) => query.where('id', '>', last ?? ''))
      .orderBy('id')
      .limit(PAGE)
      .execute()
    for (const { id, fileName, position, ...row } of page)
      yield { name: `attachment/${id}${endingOf(fileName)}`, sizeBytes: row.sizeBytes, blocks: streamContent(db, { ...row, part: attachmentPart(position) }) }
    last = page.length === PAGE ? (page.at(-1)?.id ?? null) : null
  } while (last !== null)
}

/** Of a name that strangers chose only what is harmless on every system: `.pdf`. */
function endingOf(fileName: string): string {
  const ending = /\.([A-Za-z0-9]{1,8})$/.exec(fileName)?.[1]
  return ending === undefined ? '' : `.${ending.toLowerCase()}`
}
