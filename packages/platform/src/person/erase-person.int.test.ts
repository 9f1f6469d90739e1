import { crmPersonDelayed, crmPersonErased, crmPersonExported, personErasureRequested, type PersonSubject } from '@ai-crm/contracts'
import { startService } from '@ai-crm/testing'
import { v7 as uuidV7 } from 'uuid'
import { expect, it } from 'vitest'
import { createEventDatabase, kit, until } from '../events/event-fixture.ts'
import type { ServiceDefinition } from '../service.ts'
import { PERSON } from './person-data.ts'
import { personParts } from './person-parts.ts'
import { ErasureWaits } from './waits-for.ts'

/** A service whose rows about people stand in three tables; in `mention`, a statement gets through 400 rows in its time. */
let waitsFor: 'search' | null = null
let looks = 0
const data = {
  tables: {
    mention: { where: `crm.looked_at(t.position) and lower(t.text) like ${PERSON.patterns}` },
    child: { where: `t.contact_id = ${PERSON.contacts}` },
    parent: { where: `t.contact_id = ${PERSON.contacts}` },
  },
  aggregates: ['parent'],
  beyond: () => {
    looks += 1
    return waitsFor === null ? Promise.resolve() : Promise.reject(new ErasureWaits(waitsFor, 'It does not answer.'))
  },
  erased: crmPersonErased,
  delayed: crmPersonDelayed,
  exported: crmPersonExported,
}
const parts = personParts('crm', data, { tables: {} })
const definition: ServiceDefinition = { ...kit.define({ consumers: parts.consumers, jobs: parts.jobs }), migrations: new URL('file:///the-template-has-them') }

const database = await createEventDatabase()
const key = 'organization_id uuid not null default platform.current_organization()'
await database.asAdmin(`
  create table crm.mention (${key}, position bigint, text text not null, primary key (organization_id, position));
  create table crm.parent (${key}, id uuid not null default platform.uuid_v7(), contact_id uuid not null, primary key (organization_id, id));
  create table crm.child (${key}, id uuid not null default platform.uuid_v7(), parent_id uuid not null, contact_id uuid not null, primary key (organization_id, id),
    foreign key (organization_id, parent_id) references crm.parent (organization_id, id));
  select platform.protect_tenant_table('crm.mention'), platform.protect_tenant_table('crm.parent'), platform.protect_tenant_table('crm.child');
  create function crm.looked_at(bigint) returns boolean language plpgsql cost 0.0001 as $$
    declare
      rows integer := coalesce(nullif(current_setting('test.rows', true), '')::int, 0) + 1;
    begin
      if rows > 400 then raise exception 'canceling statement due to statement timeout' using errcode = 'query_canceled'; end if;
      perform set_config('test.rows', rows::text, true);
      return true;
    end $$;
  grant execute on function crm.looked_at(bigint) to crm_app`)
const crm = await startService(definition, { database })
const one = async (sql: string) => (await database.asAdmin(sql))[0]

interface Asked {
  readonly erasureId: string
  readonly contactId: string
  readonly organizationId: string
}

async function ask(asked: Partial<Asked> = {}): Promise<Asked> {
  const ids = { erasureId: uuidV7(), contactId: uuidV7(), organizationId: uuidV7(), ...asked }
  const subject: PersonSubject = { contactIds: [ids.contactId], conversationIds: [], thingIds: [], addresses: ['ann@people.example'], names: ['Ann'] }
  await crm.deliver(personErasureRequested({ requestId: uuidV7(), erasureId: ids.erasureId, contactId: ids.contactId, subject }), {
    organizationId: ids.organizationId,
  })
  return ids
}
const part = (id: string) =>
  one(`select finished_at is not null as "isDone", waits_for, erased, progress from crm.person_erasure_part where erasure_id = '${id}'`)
const isDone = (id: string) => until(async () => (await part(id))?.['isDone'] === true, 60_000)
const parked = (organizationId: string, aggregateId: string) =>
  database.asAdmin(`insert into crm.parked_event (organization_id, consumer, event_id, aggregate_id, aggregate_version, envelope, status, reason)
    values ('${organizationId}', 'crm.other', gen_random_uuid(), '${aggregateId}', 1, '{"data":{"email":"ann@people.example"}}', 'dead', 'x')`)

it('keeps the events of others that wait and name the person, and forgets those about them', async () => {
  const [organizationId, contactId, other] = [uuidV7(), uuidV7(), uuidV7()]
  await parked(organizationId, contactId)
  await parked(organizationId, other)
  const { erasureId } = await ask({ organizationId, contactId })
  await isDone(erasureId)
  expect(await database.asAdmin(`select aggregate_id from crm.parked_event where organization_id = '${organizationId}'`)).toEqual([{ aggregate_id: other }])
  const [told] = await crm.emitted(crmPersonErased, organizationId)
  expect(told?.data).toMatchObject({ erased: { parkedEvent: 1 }, kept: { parkedEventsOfOthers: 1 } })
})

it('erases from a table of which no statement can look at everything in its time, and nothing else from it', async () => {
  const organizationId = uuidV7()
  await database.asAdmin(`insert into crm.mention (organization_id, position, text)
    select '${organizationId}', n, case when n % 100 = 7 then 'said "ann@people.example"' else 'nothing' end from generate_series(1, 1200) n`)
  const { erasureId } = await ask({ organizationId })
  await isDone(erasureId)
  expect(await one(`select count(*)::int as count from crm.mention where organization_id = '${organizationId}'`)).toEqual({ count: 1188 })
  expect((await part(erasureId))?.['erased']).toMatchObject({ mention: 12 })
  expect((await part(erasureId))?.['progress']).toMatchObject({ walked: ['mention'] })
})

it('begins with the children again where something came that refers to what was to go', async () => {
  const [organizationId, contactId, parentId] = [uuidV7(), uuidV7(), uuidV7()]
  await database.asAdmin(`insert into crm.parent (organization_id, id, contact_id) values ('${organizationId}', '${parentId}', '${contactId}');
    insert into crm.child (organization_id, parent_id, contact_id) values ('${organizationId}', '${parentId}', '${contactId}');
    insert into crm.person_erasure_part (organization_id, erasure_id, progress) values ('${organizationId}', '${parentId}', '{"step":"parent"}')`)
  await ask({ organizationId, contactId, erasureId: parentId })
  await isDone(parentId)
  expect((await part(parentId))?.['erased']).toMatchObject({ parent: 1, child: 1 })
  expect(await one(`select count(*)::int as count from crm.erased_aggregate where id = '${parentId}'`)).toEqual({ count: 1 })
})

it('marks also what came after everything was marked, before it goes', async () => {
  const [organizationId, contactId, parentId, erasureId] = [uuidV7(), uuidV7(), uuidV7(), uuidV7()]
  await database.asAdmin(`insert into crm.parent (organization_id, id, contact_id) values ('${organizationId}', '${parentId}', '${contactId}');
    insert into crm.person_erasure_part (organization_id, erasure_id, progress) values ('${organizationId}', '${erasureId}', '{"step":"parent"}')`)
  await ask({ organizationId, contactId, erasureId })
  await isDone(erasureId)
  expect((await part(erasureId))?.['erased']).toMatchObject({ parent: 1 })
  expect(await one(`select count(*)::int as count from crm.erased_aggregate where id = '${parentId}'`)).toEqual({ count: 1 })
})

it('says what it waits for, is never given up, goes on at once when it is asked again, and then once', { timeout: 60_000 }, async () => {
  waitsFor = 'search'
  const asked = await ask()
  await until(async () => (await part(asked.erasureId))?.['waits_for'] === 'search')
  // It says so first, and then lets go.
  await until(async () => (await one(`select status from crm.job where key = '${asked.erasureId}'`))?.['status'] === 'waiting')
  await database.asAdmin(`update crm.job set attempts = 5000, run_at = now() + interval '10 minutes' where key = '${asked.erasureId}'`)
  expect(await one(`select status from crm.job where key = '${asked.erasureId}'`)).toEqual({ status: 'waiting' })
  waitsFor = null
  await ask(asked)
  await isDone(asked.erasureId)
  const before = looks
  await ask(asked)
  await crm.settle()
  expect(looks).toBe(before)
  expect((await crm.emitted(crmPersonDelayed, asked.organizationId)).map(({ data: { waitsFor: reason } }) => reason)).toEqual(['search'])
  expect(await crm.emitted(crmPersonErased, asked.organizationId)).toHaveLength(1)
})
