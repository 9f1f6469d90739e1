import { EXPORT_BATCH_BYTES } from '@ai-crm/contracts'
import { createTestDatabase } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import { kyselyFor } from '../db/kysely-for.ts'
import { Carrier } from './carrier.ts'
import { readTable } from './read-table.ts'

const database = await createTestDatabase()
const app = await database.open('crm', 'app')
const CONTACT = { columns: ['id', 'name', 'note'] } as const
const ROWS = 50_000
const MEBIBYTE = 1_048_576

/** What makes contacts searchable is not what is tested here. Text that hardly compresses, a kilobyte a row, one row of half a megabyte. */
async function organizationWithContacts(count: number): Promise<string> {
  const organizationId = crypto.randomUUID()
  await database.asAdmin(`alter table crm.contact disable trigger user;
    alter table crm.contact drop constraint if exists contact_note_check;
    insert into crm.contact (organization_id, name, source, note)
    select '${organizationId}', 'Person ' || n, 'manual',
           (select string_agg(md5(n::text || part), '') from generate_series(1, case when n = 777 then 16384 else 32 end) part)
      from generate_series(1, ${count}) n`)
  return organizationId
}

async function inSnapshot<Result>(organizationId: string, work: (db: ReturnType<typeof kyselyFor<unknown>>) => Promise<Result>): Promise<Result> {
  const snapshot = app.snapshot({ organizationId })
  try {
    return await work(kyselyFor<unknown>((statement) => snapshot.query(statement)))
  } finally {
    await snapshot.rollback()
  }
}

it('reads and brings 50,000 rows in pieces that do not grow with the table', { timeout: 300_000 }, async () => {
  const organizationId = await organizationWithContacts(ROWS)
  let [rowCount, sizeBytes, largestPage, largestBatch] = [0, 0, 0, 0]
  const carrier = new Carrier(async ({ chunks }) => {
    largestBatch = Math.max(
      largestBatch,
      chunks.reduce((sum, { bytes }) => sum + Buffer.byteLength(bytes, 'base64'), 0),
    )
    return true
  })
  await inSnapshot(organizationId, (db) =>
    carrier.file(
      'contact.jsonl',
      (async function* () {
        for await (const page of readTable(db, 'contact', CONTACT)) {
          rowCount += page.rowCount
          sizeBytes += page.text.length
          largestPage = Math.max(largestPage, page.text.length)
          yield Buffer.from(page.text)
        }
      })(),
      () => rowCount,
    ),
  )
  await carrier.finish()
  expect(rowCount).toBe(ROWS)
  expect(sizeBytes).toBeGreaterThan(50 * MEBIBYTE)
  // A page, and at most one row beyond it.
  expect(largestPage).toBeLessThan(2 * MEBIBYTE)
  expect(largestBatch).toBeLessThanOrEqual(EXPORT_BATCH_BYTES)
})

it('sees one moment, and no other organisation', async () => {
  const [ours] = [await organizationWithContacts(40), await organizationWithContacts(40)]
  await inSnapshot(ours, async (db) => {
    let rowCount = 0
    for await (const page of readTable(db, 'contact', CONTACT)) {
      rowCount += page.rowCount
      // Written behind the page that was read, and committed: of a later moment.
      await database.asAdmin(
        `insert into crm.contact (organization_id, id, name, source) values ('${ours}', ('ffffffff-ffff-7fff-bfff-' || substr(md5(random()::text), 1, 12))::uuid, 'Late', 'manual')`,
      )
    }
    expect(rowCount).toBe(40)
  })
})
