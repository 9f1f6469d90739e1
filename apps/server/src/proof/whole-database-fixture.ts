import type { TestDatabase } from '@ai-crm/testing'

/** What the clock writes by itself, whoever asks for anything. */
const OF_THE_CLOCK = ['job_schedule']

/** For tests: a digest of the rows of every table of every service. Equal before and after means that nothing was written. */
export async function readWholeDatabase(database: Pick<TestDatabase, 'asAdmin'>): Promise<Readonly<Record<string, string>>> {
  const tables = await database.asAdmin(`select schemaname || '.' || tablename as name from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema') and tablename <> all ('{${OF_THE_CLOCK.join(',')}}') order by 1`)
  const digests = tables.map(
    ({ name }) => `select '${String(name)}' as name, md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as digest from ${String(name)} t`,
  )
  const rows = await database.asAdmin(digests.join(' union all '))
  return Object.fromEntries(rows.map(({ name, digest }) => [String(name), String(digest)]))
}
