import { startService } from '@ai-crm/testing'
import { sql } from 'kysely'
import { v7 as uuidV7 } from 'uuid'
import { expect, it } from 'vitest'
import { createEventDatabase, testService, until } from '../events/event-fixture.ts'
import { actOn } from './act-on-rows.ts'
import type { Start, Stride } from './stride.ts'

const database = await createEventDatabase()
const crm = await startService(testService({}), { database })

const isWaiting = async () =>
  (await database.asAdmin(`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`)).length > 0

/** What is done to two rows, of which one changes while they are looked at, until a look has found everything. */
async function eraseDuringChange(begin: Start): Promise<{ strides: Stride[]; left: number }> {
  const [organizationId, walkId] = [uuidV7(), uuidV7()]
  const ctx = crm.ctx(organizationId)
  await database.asAdmin(`insert into crm.effect (organization_id, walk_id, step, event_id)
    select '${organizationId}', '${walkId}', step, '${walkId}' from generate_series(1, 2) step`)
  const look = (start: Start) => ctx.write(({ db }) => actOn(db, 'effect', `t.walk_id = '${walkId}'`, { do: 'delete' }, start))
  const { during } = await ctx.write(async ({ db }) => {
    await sql`update effect set step = 3 where walk_id = ${walkId} and step = 2`.execute(db)
    const waiting = look(begin)
    await until(isWaiting)
    return { during: waiting }
  })
  const strides = [await during]
  for (let after = strides[0]?.after ?? null; after !== null; after = strides.at(-1)?.after ?? null) strides.push(await look(begin && { ...begin, after }))
  return { strides, left: (await database.asAdmin(`select from crm.effect where walk_id = '${walkId}'`)).length }
}

it.each([null, { after: null, pageRows: 500 }])('looks again where a row changed during the look', async (start) => {
  const { strides, left } = await eraseDuringChange(start)
  expect(left).toBe(0)
  expect(strides.reduce((sum, { count }) => sum + count, 0)).toBe(2)
})
