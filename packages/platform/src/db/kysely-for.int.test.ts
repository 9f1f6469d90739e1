import { sql } from 'kysely'
import { v7 } from 'uuid'
import { expect, it } from 'vitest'
import type { Defaulted } from './column-types.ts'
import { createProbeDatabase } from './fixtures/probe-database.ts'
import { kyselyFor } from './kysely-for.ts'

interface Tables {
  thing: { organizationId: Defaulted<string>; id: Defaulted<string>; name: string }
  part: { organizationId: Defaulted<string>; id: Defaulted<string>; thingId: string }
}

const probe = await createProbeDatabase()
const database = await probe.open('probe')
const tenant = { organizationId: v7() }
const reading = kyselyFor<Tables>((statement) => database.read(tenant, statement))

it('speaks camelCase to code and snake_case to PostgreSQL', async () => {
  const transaction = database.begin(tenant)
  const writing = kyselyFor<Tables>((statement) => transaction.query(statement))
  const thing = await writing.insertInto('thing').values({ name: 'a' }).returningAll().executeTakeFirstOrThrow()
  await writing.insertInto('part').values({ thingId: thing.id }).execute()
  const deleted = await writing.updateTable('thing').set({ name: 'b' }).where('name', '=', 'a').executeTakeFirst()
  await transaction.commit()

  expect(thing.organizationId).toBe(tenant.organizationId)
  expect(deleted.numUpdatedRows).toBe(1n)
  const joined = await reading
    .selectFrom('part')
    .innerJoin('thing', 'thing.id', 'part.thingId')
    .select(['part.thingId', 'thing.name as thingName', sql<number>`count(*) over ()`.as('totalCount')])
    .execute()
  expect(joined).toEqual([{ thingId: thing.id, thingName: 'b', totalCount: 1 }])
})

it('refuses a transaction of its own, which would be none', async () => {
  await expect(reading.transaction().execute(async () => 1)).rejects.toThrow('ctx.write')
})
