import { startService, type Agent, type Answer } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import service from '../service.ts'

const crm = await startService(service)

async function over(agent: Agent, { body }: Answer) {
  await expect.poll(async () => (await agent.get(`/record-operations/${body.id}`)).body.status, { timeout: 60_000 }).toBe('done')
  return (await agent.get(`/record-operations/${body.id}`)).body
}

it('tells what becomes of a thousand records in bulk, so that nobody else waits behind them, and of fewer at once', async () => {
  const agent = await crm.signIn()
  const { organizationId } = agent
  await crm.database.asAdmin(`
    create table crm.told (in_bulk boolean);
    create function crm.note_told() returns trigger language plpgsql security definer as $$ begin insert into crm.told values (new.bulk_aggregate_id is not null); return null; end $$;
    create trigger note_told after insert on crm.outbox for each row execute function crm.note_told();
    insert into crm.contact (organization_id, name, source) select '${organizationId}', 'Person ' || n, 'manual' from generate_series(1, 1000) n;
    insert into crm.event (organization_id, id, type, version, aggregate_type, aggregate_id, aggregate_version, actor, occurred_at, correlation_id, depth, data)
    select organization_id, platform.uuid_v7(), 'contact.created', 1, 'contact', id, 1, '{"type":"system","id":null}', now(), 'x', 0, '{}' from crm.contact where organization_id = '${organizationId}'`)
  const told = () => crm.database.asAdmin('with gone as (delete from crm.told returning in_bulk) select in_bulk, count(*)::int from gone group by 1 order by 1')
  const change = (note: string, query: object) =>
    agent.post('/record-operations', { record: 'contact', selection: { query }, action: { do: 'change', set: { note } } })
  const done = await over(agent, await change('all', {}))
  // Beside them: that it began, and that it is over.
  expect(await told()).toEqual([
    { in_bulk: false, count: 2 },
    { in_bulk: true, count: 1000 },
  ])
  expect(await over(agent, await agent.post(`/record-operations/${done.id}/undo`))).toMatchObject({ changed: 1000 })
  expect(await told()).toEqual([
    { in_bulk: false, count: 2 },
    { in_bulk: true, count: 1000 },
  ])
  await over(agent, await change('few', { filter: JSON.stringify({ all: [{ field: 'name', op: 'is', value: 'Person 7' }] }) }))
  expect(await told()).toEqual([{ in_bulk: false, count: 3 }])
  await crm.database.asAdmin('drop trigger note_told on crm.outbox')
})
