import type { Database, Rows, TenantContext } from '@ai-crm/platform'
import { v7 } from 'uuid'
import { describe, expect, it } from 'vitest'
import { createTestDatabase } from '../database/create-test-database.ts'
import { withAdmin } from '../database/test-cluster.ts'
import { fingerprintOf, insertSql, listTenantTables, plantRow, type TenantTable } from './tenant-rows.ts'

const database = await createTestDatabase()
const victim = v7()
const attacker = v7()
const tables = await listTenantTables(database.asAdmin)
await withAdmin(database.cluster, database.name, async (run) => {
  // Which values make sense is not what is tested here.
  await run(`do $$ declare c record; begin for c in select conrelid::regclass as t, conname from pg_constraint where contype = 'c' and conrelid <> 0
    loop execute format('alter table %s drop constraint %I', c.t, c.conname); end loop; end $$`)
  for (const table of tables) await plantRow(run, table, victim)
})

const opened = new Map<string, Promise<Database>>()
function appOf({ service }: TenantTable): Promise<Database> {
  const app = opened.get(service) ?? database.open(service, 'app', { maxConnections: 1 })
  opened.set(service, app)
  return app
}

/** What the service's role gets for one statement, or `denied`: both are fine, a row is not. */
async function attempt(table: TenantTable, context: TenantContext, text: string): Promise<Rows | 'denied'> {
  const app = await appOf(table)
  try {
    const [result] = await app.batch(context, [{ text, values: [] }])
    return result ?? 'denied'
  } catch (error) {
    expect(String(error)).toMatch(/permission denied|row-level security|null value in column "organization_id"|another organisation/)
    return 'denied'
  }
}

// As the attacker, with the victim's keys (reliability 2.4.3).
const attacks: Readonly<Record<string, (table: TenantTable) => string>> = {
  select: ({ name }) => `select * from ${name}`,
  'select by key': ({ name }) => `select * from ${name} where organization_id = '${victim}'`,
  'select for update': ({ name }) => `select * from ${name} for update`,
  update: ({ name, columns }) =>
    `update ${name} set "${columns[1]?.name ?? 'organization_id'}" = "${columns[1]?.name ?? 'organization_id'}" where organization_id = '${victim}' returning 1`,
  'take over': ({ name }) => `update ${name} set organization_id = '${attacker}' returning 1`,
  delete: ({ name }) => `delete from ${name} where organization_id = '${victim}' returning 1`,
  merge: ({ name }) => `merge into ${name} as target using (select 1) as source on target.organization_id = '${victim}' when matched then delete`,
}

it('knows tables of every service', () => {
  expect(new Set(tables.map((table) => table.service)).size).toBeGreaterThanOrEqual(5)
  expect(tables.length).toBeGreaterThan(30)
})

describe.each(tables.map((table) => [table.name, table] as const))('%s', (_name, table) => {
  it('holds against another organisation, and against none', async () => {
    const before = await fingerprintOf(database.asAdmin, table, victim)
    expect(before).toMatchObject({ count: 1 })

    for (const context of [{ organizationId: attacker }, null]) {
      for (const [attack, sqlOf] of Object.entries(attacks)) {
        const result = await attempt(table, context, sqlOf(table))
        expect(result === 'denied' ? 0 : result.rowCount, attack).toBe(0)
      }
      expect(await attempt(table, context, insertSql(table, victim)), 'insert for the victim').toBe('denied')
    }
    expect(await fingerprintOf(database.asAdmin, table, victim)).toEqual(before)
  })

  it('answers garbage as organisation with an error', async () => {
    const app = await appOf(table)
    await expect(app.read({ organizationId: 'garbage' }, { text: `select * from ${table.name}`, values: [] })).rejects.toThrow(
      /invalid input syntax for type uuid|permission denied/,
    )
  })
})
