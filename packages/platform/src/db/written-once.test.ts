import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { kyselyFor, writtenOnce } from './kysely-for.ts'

interface Tables {
  thing: { id: string; companyId: string; madeAt: Date }
}
const db = kyselyFor<Tables>(async () => ({ rows: [], rowCount: 0 }))
const given = ['thing.id', 'thing.companyId', sql<string>`cast(thing.made_at as text)`.as('madeAt')] as const
const once = writtenOnce(given)

it('says of columns that are written once what Kysely says of them each time, alone and among others', () => {
  const among = (columns: typeof given) =>
    db
      .selectFrom('thing')
      .select([...columns, sql<number>`1`.as('one')])
      .compile().sql
  expect(db.selectFrom('thing').select(once).compile().sql).toBe(db.selectFrom('thing').select(given).compile().sql)
  expect(among(once)).toBe(among(given))
  expect(db.insertInto('thing').values({ id: 'a', companyId: 'b', madeAt: new Date(0) }).returning(once).compile().sql).toContain('returning "thing"."id", "thing"."company_id", cast(')
})

it('refuses columns with a parameter: its value would be the first one for ever', () => {
  expect(() => writtenOnce([sql<string>`${'somebody'}`.as('who')])).toThrow(/no parameters/)
})
