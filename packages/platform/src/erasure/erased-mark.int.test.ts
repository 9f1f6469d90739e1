import { createTestDatabase } from '@ai-crm/testing'
import { expect, it } from 'vitest'

const database = await createTestDatabase()
const app = await database.open('crm', 'app')
const statement = (text: string, ...values: unknown[]) => ({ text, values })

async function organizationWithEvent() {
  const context = { organizationId: crypto.randomUUID() }
  const emit = `select emit_event(gen_random_uuid(), 'thing.happened', 1, 'thing', gen_random_uuid(), '{"type":"system","id":null}', 'c', null, 0, null, '{}')`
  await app.batch(context, [statement(emit)])
  return context
}
const mark = statement(`insert into erased_organization (saga_id, stage) values (gen_random_uuid(), 'erasing')`)
const deleteEvents = statement('delete from event')
const handle = statement(
  `insert into inbox (consumer, event_id) select 'crm.hear', gen_random_uuid() where not exists (select from erased_organization) on conflict do nothing`,
)

it('lets nobody delete from a log before the whole organisation is marked as erased', async () => {
  const context = await organizationWithEvent()
  await expect(app.batch(context, [deleteEvents])).rejects.toThrow(/append-only/)
  await expect(app.batch(context, [statement(`update event set type = 'x'`)])).rejects.toThrow(/permission denied|append-only/)
  await app.batch(context, [mark])
  await expect(app.batch(context, [statement(`update event set type = 'x'`)])).rejects.toThrow(/permission denied|append-only/)
  expect((await app.batch(context, [deleteEvents]))[0]?.rowCount).toBe(1)
})

it('gives no power over another organisation’s log, and is never taken back', async () => {
  const [ours, theirs] = [await organizationWithEvent(), await organizationWithEvent()]
  await app.batch(ours, [mark])
  await expect(app.batch(theirs, [deleteEvents])).rejects.toThrow(/append-only/)
  await expect(app.batch(ours, [statement('delete from erased_organization')])).rejects.toThrow(/permission denied/)
})

it('keeps every later event from having an effect', async () => {
  const context = await organizationWithEvent()
  expect((await app.batch(context, [handle]))[0]?.rowCount).toBe(1)
  await app.batch(context, [mark])
  expect((await app.batch(context, [handle]))[0]?.rowCount).toBe(0)
})
