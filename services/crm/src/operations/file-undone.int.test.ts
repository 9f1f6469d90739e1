import { startService } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import type { Ctx } from '../ctx.ts'
import service from '../service.ts'
import { countChanged, fileNextUndone, lastChanged } from './file-undone.ts'

const crm = await startService(service)

it('files what is taken back piece by piece, from the last to the first, and a record of several rows once with all that they made of it', async () => {
  const { organizationId } = await crm.signIn()
  const ctx = crm.ctx(organizationId) as Ctx
  const [undone, undo, twice] = [crypto.randomUUID(), crypto.randomUUID(), crypto.randomUUID()]
  await crm.database.asAdmin(`
    insert into crm.operation (organization_id, id, kind, record, asked)
      values ('${organizationId}', '${undone}', 'import', 'contact', '{}'), ('${organizationId}', '${undo}', 'undo', 'contact', '{}');
    insert into crm.operation_record (organization_id, operation_id, ordinal, record_id, outcome, first_version, last_version)
    select '${organizationId}', '${undone}', n, case when n in (2, 1500, 3000) then '${twice}'::uuid else gen_random_uuid() end, 'changed', n, n
      from generate_series(2, 3001) n where n % 10 <> 3;
    insert into crm.operation_record (organization_id, operation_id, ordinal, outcome) select '${organizationId}', '${undone}', n, 'skipped' from generate_series(3, 3000, 10) n`)
  const told = async () =>
    crm.database.asAdmin(`select record_id, ordinal, first_version, last_version from crm.operation_record where operation_id = '${undo}' order by ordinal`)
  const counts = []
  for (let n = 0; n < 5; n++) {
    await ctx.write(({ db }) => fileNextUndone(db, undo, undone))
    counts.push((await told()).length)
  }
  const [filed, total] = [await told(), await countChanged(ctx.db, undone)]
  // The pieces behind the first one have one row each that an earlier one stood for.
  expect([total, counts]).toEqual([2698, [1000, 1999, 2698, 2698, 2698]])
  expect(filed[0]).toMatchObject({ first_version: 3001, ordinal: 0 })
  expect(filed.filter(({ record_id }) => record_id === twice)).toMatchObject([{ first_version: 2, last_version: 3000, ordinal: 1 }])
  const first = (await lastChanged(ctx.db, undone, 100)).map(({ recordId }) => recordId)
  expect(first).toEqual(filed.slice(0, 100).map(({ record_id }) => record_id))
})

it('leaves out the record that cannot be taken back, also where it is the first of a piece', async () => {
  const agent = await crm.signIn()
  const people = [await agent.post('/contacts', { name: 'Zoe', note: 'old' }), await agent.post('/contacts', { name: 'Poison', note: 'old' })]
  const over = async (id: string) => {
    await expect.poll(async () => (await agent.get(`/record-operations/${id}`)).body.status, { timeout: 30_000 }).toBe('done')
    return (await agent.get(`/record-operations/${id}`)).body
  }
  const selection = { ids: people.map(({ body }) => body.id) }
  const { id } = (await agent.post('/record-operations', { record: 'contact', selection, action: { do: 'change', set: { note: 'new' } } })).body
  await over(id)
  await crm.database.asAdmin(`create function crm.break_one() returns trigger language plpgsql as $$ begin raise exception 'broken'; end $$;
    create trigger break_one before update on crm.contact for each row when (new.name = 'Poison') execute function crm.break_one()`)
  const undo = (await agent.post(`/record-operations/${id}/undo`)).body
  expect(await over(undo.id)).toMatchObject({ total: 2, changed: 1, skipped: 1, reasons: [{ code: 'crm.operation.failed', count: 1 }] })
  await crm.database.asAdmin('drop trigger break_one on crm.contact')
})
