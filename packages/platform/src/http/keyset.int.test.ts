import { createTestDatabase } from '@ai-crm/testing/database'
import { expect, it } from 'vitest'
import { kyselyFor } from '../db/kysely-for.ts'
import { isAfter, type SortKey } from './keyset.ts'

const database = await createTestDatabase()
await database.asAdmin(`set role crm_owner; set search_path = crm;
  create table sample (organization_id uuid not null default platform.current_organization(), id int not null, rank int, name text not null, primary key (organization_id, id));
  select platform.protect_tenant_table('sample');
  grant select, insert on sample to crm_app`)
interface Tables {
  sample: { id: number; rank: number | null; name: string }
}
const crm = await database.open('crm')
const organization = { organizationId: crypto.randomUUID() }
const ranks = [3, null, 1, 3, null, 2, 1, 3, 2, null]
await crm.batch(
  organization,
  ranks.map((rank, id) => ({ text: 'insert into sample (id, rank, name) values ($1, $2, $3)', values: [id, rank, `n${id % 3}`] })),
)
const db = kyselyFor<Tables>((statement) => crm.read(organization, statement))

type Column = keyof Tables['sample']
type Order = readonly (readonly [Column, 'asc' | 'desc'])[]

/** All rows, page by page. */
async function pageThrough(order: Order): Promise<number[]> {
  const seen: number[] = []
  let after: readonly unknown[] | null = null
  for (let page = 0; page < 20; page++) {
    let query = db.selectFrom('sample').selectAll().limit(3)
    for (const [column, direction] of order) query = query.orderBy(column, direction)
    const cursor = after
    if (cursor)
      query = query.where((eb) => {
        const keys: SortKey[] = order.map(([column, direction]) => ({ column: eb.ref(column), direction, isNullable: column === 'rank' }))
        return isAfter(keys, cursor)
      })
    const rows = await query.execute()
    const last = rows.at(-1)
    if (!last) return seen
    seen.push(...rows.map(({ id }) => id))
    after = order.map(([column]) => last[column])
  }
  return seen
}

it.each<[Order]>([
  [[['id', 'asc']]],
  [[['id', 'desc']]],
  [
    [
      ['name', 'asc'],
      ['id', 'asc'],
    ],
  ],
  [
    [
      ['name', 'desc'],
      ['id', 'desc'],
    ],
  ],
  [
    [
      ['name', 'asc'],
      ['id', 'desc'],
    ],
  ],
  [
    [
      ['rank', 'asc'],
      ['id', 'asc'],
    ],
  ],
  [
    [
      ['rank', 'desc'],
      ['id', 'desc'],
    ],
  ],
  [
    [
      ['rank', 'desc'],
      ['name', 'asc'],
      ['id', 'desc'],
    ],
  ],
  [
    [
      ['rank', 'asc'],
      ['name', 'desc'],
      ['id', 'asc'],
    ],
  ],
])('pages give each row once, in the order of the whole list: %j', async (order) => {
  let whole = db.selectFrom('sample').select('id')
  for (const [column, direction] of order) whole = whole.orderBy(column, direction)
  const expected = (await whole.execute()).map(({ id }) => id)
  expect(await pageThrough(order)).toEqual(expected)
})

it('compares whole rows where an index can answer that', () => {
  const keys = (['name', 'id'] as const).map((column): SortKey => ({ column: db.dynamic.ref(column) as never, direction: 'desc' }))
  const { sql } = db
    .selectFrom('sample')
    .select('id')
    .where(isAfter(keys, ['a', 1]))
    .compile()
  expect(sql).toContain('("name", "id") < ($1, $2)')
})
