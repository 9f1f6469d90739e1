import { Readable } from 'node:stream'
import type { SecurityEvent, SecurityLogRange } from '@ai-crm/contracts'
import { csvLine, type FileBody } from '@ai-crm/platform'
import type { Ctx } from '../ctx.ts'
import { rangeTooLong } from './errors.ts'
import { recordSecurityEvent } from './record-security-event.ts'
import { securityEvents, toSecurityEvent } from './security-event.ts'

const MAX_DAYS = 366
const DAY_MS = 86_400_000
/** Rows per read: the export holds this many in memory, whatever the log holds. */
const BATCH = 500

/** One line per entry, oldest first, with the hashes: whoever has the file can check the chain without us. */
export const exportNdjson = (ctx: Ctx, range: SecurityLogRange): Promise<FileBody> =>
  exportLog(ctx, range, { format: 'ndjson', contentType: 'application/x-ndjson', head: '', line: (event) => `${JSON.stringify(event)}\n` })

const COLUMNS = [
  'sequence',
  'occurred at',
  'kind',
  'actor type',
  'actor id',
  'actor name',
  'about type',
  'about id',
  'about name',
  'address',
  'user agent',
  'request id',
  'details',
  'hash',
]

/** For a spreadsheet: no cell can become a formula there. */
export const exportCsv = (ctx: Ctx, range: SecurityLogRange): Promise<FileBody> =>
  exportLog(ctx, range, { format: 'csv', contentType: 'text/csv; charset=utf-8', head: `\uFEFF${csvLine(COLUMNS)}`, line: (event) => csvLine(cellsOf(event)) })

const cellsOf = (event: SecurityEvent): string[] => [
  String(event.sequence),
  event.occurredAt,
  event.kind,
  event.actor.type,
  event.actor.id ?? '',
  event.actor.name ?? '',
  event.about?.type ?? '',
  event.about?.id ?? '',
  event.about?.name ?? '',
  event.address ?? '',
  event.userAgent ?? '',
  event.requestId ?? '',
  JSON.stringify(event.details),
  event.hash,
]

interface Format {
  readonly format: 'csv' | 'ndjson'
  readonly contentType: string
  readonly head: string
  line(event: SecurityEvent): string
}

/** Throws `rangeTooLong` (400). That somebody took the log with them is an entry of its own. */
async function exportLog(ctx: Ctx, range: SecurityLogRange, { format, contentType, head, line }: Format): Promise<FileBody> {
  const { from, to } = range
  const lengthMs = Date.parse(to) - Date.parse(from)
  if (lengthMs <= 0 || lengthMs > MAX_DAYS * DAY_MS) throw rangeTooLong(MAX_DAYS)
  await ctx.write(async (scope) => recordSecurityEvent(scope, { kind: 'security-log.exported', details: { format, from, to } }))
  const fileName = `security-log-${from.slice(0, 10)}-${to.slice(0, 10)}.${format}`
  return { contentType, fileName, body: Readable.from(lines(ctx, range, head, line)) }
}

async function* lines(ctx: Ctx, range: SecurityLogRange, head: string, line: (event: SecurityEvent) => string): AsyncGenerator<string> {
  if (head !== '') yield head
  for (let after = 0; ;) {
    const rows = await securityEvents(ctx, range).where('sequence', '>', after).orderBy('sequence').limit(BATCH).execute()
    yield rows.map((row) => line(toSecurityEvent(row))).join('')
    const last = rows.at(-1)
    if (!last || rows.length < BATCH) return
    after = last.sequence
  }
}
