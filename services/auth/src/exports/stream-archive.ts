import { gzipSync } from 'node:zlib'
import { sql } from 'kysely'
import type { Ctx } from '../ctx.ts'
import { TAR_END, tarHeader, tarPadding } from '@ai-crm/platform'

/** What is read at once: the reader's pace decides when the next is. */
const PAGE_BYTES = 2_097_152
const PAGE_ROWS = 300

interface Piece {
  readonly service: string
  readonly run: number
  readonly position: number
  readonly name: string
  readonly sizeBytes: number
  /** Null of an empty file. */
  readonly number: number | null
  readonly bytes: Buffer | null
}

/**
 * A tar.gz, put together from what is kept compressed: a gzip file is members one after another (RFC 1952, 2.2), so the
 * chunks go out as they are, and only headers and padding are compressed here.
 */
export async function* streamArchive(ctx: Pick<Ctx, 'db'>, exportId: string, folder: string, modifiedAt: Date): AsyncGenerator<Buffer> {
  let before: Piece | null = null
  for await (const pieces of listPieces(ctx, exportId)) {
    const out: Buffer[] = []
    for (const piece of pieces) {
      if (!before || !isSameFile(before, piece)) {
        const header = tarHeader({ name: piece.name, folder, sizeBytes: piece.sizeBytes, modifiedAt })
        out.push(gzipSync(before ? Buffer.concat([tarPadding(before.sizeBytes), header]) : header))
      }
      if (piece.bytes) out.push(piece.bytes)
      before = piece
    }
    yield Buffer.concat(out)
  }
  yield gzipSync(Buffer.concat([before ? tarPadding(before.sizeBytes) : Buffer.alloc(0), TAR_END]))
}

const isSameFile = (one: Piece, other: Piece): boolean => one.service === other.service && one.position === other.position

async function* listPieces({ db }: Pick<Ctx, 'db'>, exportId: string): AsyncGenerator<readonly Piece[]> {
  let last: Piece | undefined
  do {
    const place = last ? sql`${last.service}::text, ${last.run}::int, ${last.position}::int` : sql``
    // The first condition is for the index, the second one says what is meant.
    const beyond = last
      ? sql`(file.service, file.run, file.position) >= (${place})
            and (file.service, file.run, file.position, coalesce(chunk.number, 0)) > (${place}, ${last.number ?? 0}::int)`
      : sql`true`
    // The parts whose run counts, and the manifest, which is no part of a service. Sizes are known without reading the bytes.
    const { rows } = await sql<Piece>`
      with place as (
        select file.service, file.run, file.position, file.name, file.size_bytes, chunk.number, coalesce(octet_length(chunk.bytes), 0) as length
          from export_file file
          left join export_part part
            on part.organization_id = file.organization_id and part.export_id = file.export_id and part.service = file.service
          left join export_chunk chunk
            on chunk.organization_id = file.organization_id and chunk.export_id = file.export_id and chunk.service = file.service
           and chunk.run = file.run and chunk.position = file.position
         where file.export_id = ${exportId} and (file.service = '' or file.run = part.run) and ${beyond}
         order by file.service, file.run, file.position, coalesce(chunk.number, 0) limit ${PAGE_ROWS}::int
      ), bounded as (
        select *, sum(length) over (order by service, position, coalesce(number, 0)) - length as before from place
      )
      select bounded.service, bounded.run, bounded.position, name, size_bytes, bounded.number, chunk.bytes
        from bounded left join export_chunk chunk
          on chunk.organization_id = platform.current_organization() and chunk.export_id = ${exportId} and chunk.service = bounded.service
         and chunk.run = bounded.run and chunk.position = bounded.position and chunk.number = bounded.number
       where before < ${PAGE_BYTES}::int order by bounded.service, bounded.position, coalesce(bounded.number, 0)`.execute(db)
    if (rows.length > 0) yield rows
    last = rows.at(-1)
  } while (last)
}
