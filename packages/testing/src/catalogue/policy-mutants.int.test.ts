import { expect, it } from 'vitest'
import { createTestDatabase } from '../database/create-test-database.ts'
import { withAdmin } from '../database/test-cluster.ts'
import { reviewed } from '../reviewed-tables.ts'
import { findViolations } from './find-violations.ts'
import { listTenantTables } from './tenant-rows.ts'

const database = await createTestDatabase()
const tables = await listTenantTables(database.asAdmin)
/** Every table by `npm run test:isolation`, else each eighth: the checks are the same for all. */
const isLong = Number(process.env['ISOLATION_REQUESTS'] ?? 0) >= 100_000
const chosen = tables.filter((_table, index) => isLong || index % 8 === 0)

const mutants: Readonly<Record<string, (table: string) => string>> = {
  'its tenant policy': (table) => `drop policy tenant on ${table}`,
  'the binding of its owner': (table) => `alter table ${table} no force row level security`,
  'row-level security itself': (table) => `alter table ${table} disable row level security`,
}

it.each(chosen.map(({ name }) => name))('notices what is taken from %s, by its name', async (table) => {
  await withAdmin(database.cluster, database.name, async (run) => {
    for (const [what, mutant] of Object.entries(mutants)) {
      await run('begin')
      await run(mutant(table))
      const violations = await findViolations(run, reviewed)
      await run('rollback')
      expect(
        violations.filter((violation) => violation.startsWith(`${table}:`)),
        what,
      ).not.toEqual([])
    }
  })
})
