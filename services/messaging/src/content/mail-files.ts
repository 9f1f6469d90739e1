import type { ExportedFile } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { Db } from '../ctx.ts'
import { attachmentPart, SOURCE_PART } from './store-content.ts'
import { streamContent } from './read-content.ts'

const PAGE = 200

/** Every raw mail as it came or went, byte for byte, then every attachment: for an organisation's archive. */
export async function* mailFiles(db: Db): AsyncGenerator<ExportedFile> {
  yield* sources(db)
  yield* attachments(db)
}

async function* sources(db: Db): AsyncGenerator<ExportedFile> {
  let last: string | null = null
  do {
    const page: readonly { messageId: string; sizeBytes: number; isInline: boolean }[] = await db
      .selectFrom('rawMessage')
      .select(['messageId', 'sizeBytes', sql<boolean>`source is not null`.as('isInline')])
      .$if(last !== null, (query) => query.where('messageId', '>', last ?? ''))
      .orderBy('messageId')
      .limit(PAGE)
      .execute()
    for (const row of page) yield { name: `source/${row.messageId}.eml`, blocks: streamContent(db, { ...row, part: SOURCE_PART }) }
    last = page.length === PAGE ? (page.at(-1)?.messageId ?? null) : null
  } while (last !== null)
}

async function* attachments(db: Db): AsyncGenerator<ExportedFile> {
  let last: string | null = null
  do {
    const page: readonly { id: string; messageId: string; position: number; fileName: string; sizeBytes: number; isInline: boolean }[] = await db
      .selectFrom('attachment')
      .select(['id', 'messageId', 'position', 'fileName', 'sizeBytes', sql<boolean>`content is not null`.as('isInline')])
      .$if(last !== null, (query) => query.where('id', '>', last ?? ''))
      .orderBy('id')
      .limit(PAGE)
      .execute()
    for (const { id, fileName, position, ...row } of page)
      yield { name: `attachment/${id}${endingOf(fileName)}`, blocks: streamContent(db, { ...row, part: attachmentPart(position) }) }
    last = page.length === PAGE ? (page.at(-1)?.id ?? null) : null
  } while (last !== null)
}

/** Of a name that strangers chose only what is harmless on every system: `.pdf`. */
function endingOf(fileName: string): string {
  const ending = /\.([A-Za-z0-9]{1,8})$/.exec(fileName)?.[1]
  return ending === undefined ? '' : `.${ending.toLowerCase()}`
}
