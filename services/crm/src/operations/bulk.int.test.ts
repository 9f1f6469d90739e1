import { contactDeleted, contactUpdated, type Permission } from '@ai-crm/contracts'
import { startService, type Agent } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import service from '../service.ts'

const crm = await startService(service)

const made = async (agent: Agent, path: string, body: object): Promise<{ id: string; version: number }> => (await agent.post(path, body)).body
const start = (agent: Agent, record: string, selection: object, action: object) => agent.post('/record-operations', { record, selection, action })
const preview = (agent: Agent, record: string, selection: object, action: object) => agent.post('/record-operations/preview', { record, selection, action })

async function over(agent: Agent, { status, body }: { status: number; body: { id: string } }) {
  expect([status, body]).toMatchObject([202, {}])
  await expect.poll(async () => (await agent.get(`/record-operations/${body.id}`)).body.status, { timeout: 60_000 }).toBe('done')
  return (await agent.get(`/record-operations/${body.id}`)).body
}
const undone = async (agent: Agent, operationId: string) => over(agent, await agent.post(`/record-operations/${operationId}/undo`))

const ALL: Permission[] = ['crm.contact.read', 'crm.contact.create', 'crm.contact.update', 'crm.contact.delete']

it('changes what a list finds, tells each change once, and takes all of it back', async () => {
  const agent = await crm.signIn()
  const tag = (await made(agent, '/tags', { name: 'VIP' })).id
  const company = await made(agent, '/companies', { name: 'Acme' })
  const people = []
  for (const name of ['Ada', 'Bob', 'Cleo']) people.push(await made(agent, '/contacts', { name, note: 'old', ...(name === 'Bob' ? { tagIds: [tag] } : {}) }))
  await made(agent, '/contacts', { name: 'Other' })
  const filter = JSON.stringify({ all: [{ field: 'note', op: 'is', value: 'old' }] })
  const action = { do: 'change', set: { note: 'new', companyId: company.id, ownerId: null, tags: { add: [tag.toUpperCase()] } } }
  expect((await preview(agent, 'contact', { query: { filter } }, action)).body).toMatchObject({ total: 3, looked: 3, changed: 3, skipped: 0, conflicts: [] })
  const done = await over(agent, await start(agent, 'contact', { query: { filter } }, action))
  expect(done).toMatchObject({ kind: 'change', record: 'contact', total: 3, changed: 3, unchanged: 0, skipped: 0 })
  for (const { id } of people)
    expect((await agent.get(`/contacts/${id}`)).body).toMatchObject({
      note: 'new',
      company: 'Acme',
      companyId: company.id,
      ownerId: null,
      tagIds: [tag],
      version: 2,
    })
  expect(await crm.emitted(contactUpdated, agent.organizationId)).toHaveLength(3)
  const again = await over(agent, await start(agent, 'contact', { ids: people.map(({ id }) => id) }, action))
  expect(again).toMatchObject({ total: 3, changed: 0, unchanged: 3 })

  // Somebody changes one of the fields of one of them meanwhile: that one stays.
  await agent.patch(`/contacts/${people[0]?.id}`, { note: 'mine' }, { version: 2 })
  expect((await agent.get(`/record-operations/${done.id}/undo`)).body).toMatchObject({
    total: 3,
    changed: 3,
    conflicts: [{ name: 'Ada', code: 'crm.operation.changed_since', detail: 'note', changedBy: { type: 'user', id: agent.userId } }],
  })
  expect(await undone(agent, done.id)).toMatchObject({
    kind: 'undo',
    undoesId: done.id,
    changed: 3,
    reasons: [{ code: 'crm.operation.changed_since', count: 1 }],
  })
  const back = await Promise.all(people.map(async ({ id }) => (await agent.get(`/contacts/${id}`)).body))
  expect(back.map(({ name, note, tagIds, companyId, company: text, ownerId }) => [name, note, tagIds, companyId, text, ownerId])).toEqual([
    ['Ada', 'mine', [], null, null, agent.userId],
    ['Bob', 'old', [tag], null, null, agent.userId],
    ['Cleo', 'old', [], null, null, agent.userId],
  ])
  // What was left out goes back as soon as it can, and what is back already stays so.
  await agent.patch(`/contacts/${people[0]?.id}`, { note: 'new' }, { version: 4 })
  expect(await undone(agent, done.id)).toMatchObject({ changed: 1, unchanged: 2, reasons: [] })
  expect((await agent.get(`/contacts/${people[0]?.id}`)).body.note).toBe('old')
  expect((await agent.post(`/record-operations/${done.id}/undo`)).body).toMatchObject({ status: 409, code: 'crm.operation.already_undone' })
})

it('refuses as a whole what no record could be given, naming the field, and starts nothing', async () => {
  const [agent, stranger] = [await crm.signIn(), await crm.signIn()]
  const { id } = await made(agent, '/contacts', { name: 'Ada' })
  const foreign = await made(stranger, '/companies', { name: 'Foreign' })
  const foreignTag = await made(stranger, '/tags', { name: 'Foreign' })
  const cases: [object, string, string?][] = [
    [{ companyId: foreign.id }, 'crm.company.unknown', '/action/set/companyId'],
    [{ tags: { add: [foreignTag.id] } }, 'crm.tag.unknown', '/action/set/tags/add/0'],
    [{ custom: { [crypto.randomUUID()]: 'x' } }, 'crm.field.values_unfit'],
    [{}, 'crm.operation.nothing_asked', '/action/set'],
  ]
  for (const [set, code, field] of cases)
    for (const ask of [start, preview])
      if (ask === start || code !== 'crm.operation.nothing_asked')
        expect(await ask(agent, 'contact', { ids: [id] }, { do: 'change', set })).toMatchObject({
          status: 422,
          body: { code, ...(field ? { errors: [{ field }] } : {}) },
        })
  expect((await agent.get('/record-operations')).body.items).toEqual([])
  const theirs = await made(stranger, '/contacts', { name: 'Theirs' })
  expect(await over(agent, await start(agent, 'contact', { ids: [theirs.id, id] }, { do: 'delete' }))).toMatchObject({
    changed: 1,
    skipped: 1,
    reasons: [{ code: 'platform.not_found', count: 1 }],
  })
  expect((await stranger.get(`/contacts/${theirs.id}`)).status).toBe(200)
})

it('does no more than whoever asks may: permission, reach and field rules, in the job as in the request', async () => {
  const owner = await crm.signIn()
  const { organizationId } = owner
  const as = (permissions: Permission[], more: object = {}) => crm.signIn({ organizationId, permissions, ...more })
  const { id } = await made(owner, '/contacts', { name: 'Ada', phone: '12' })
  const reader = await as(['crm.contact.read'])
  for (const action of [{ do: 'change', set: { note: 'x' } }, { do: 'delete' }, { do: 'restore' }])
    expect(await start(reader, 'contact', { ids: [id] }, action)).toMatchObject({ status: 403, body: { code: 'crm.operation.denied' } })
  const ruled = await as(ALL, { fields: { contact: { note: 'hidden', company: 'read-only' } } })
  for (const set of [{ note: 'x' }, { companyId: null }])
    expect(await start(ruled, 'contact', { ids: [id] }, { do: 'change', set })).toMatchObject({ status: 403, body: { code: 'platform.field_denied' } })
  expect(await start(ruled, 'contact', { query: { filter: JSON.stringify({ all: [{ field: 'note', op: 'isEmpty' }] }) } }, { do: 'delete' })).toMatchObject({
    status: 400,
  })
  const own = await as(ALL, { scopes: { contact: { read: 'all', write: 'own' } } })
  const mine = await made(own, '/contacts', { name: 'Mine' })
  const result = await over(own, await start(own, 'contact', { query: {} }, { do: 'change', set: { position: 'CEO' } }))
  expect(result).toMatchObject({ total: 2, changed: 1, skipped: 1, reasons: [{ code: 'platform.record_locked', count: 1 }] })
  expect((await own.get(`/record-operations/${result.id}/records`)).body.items).toMatchObject([{ recordId: id, name: 'Ada', code: 'platform.record_locked' }])
  const blind = await as(ALL, { scopes: { contact: { read: 'own', write: 'own' } } })
  expect(await over(blind, await start(blind, 'contact', { ids: [id, mine.id] }, { do: 'delete' }))).toMatchObject({
    changed: 0,
    reasons: [{ code: 'platform.not_found', count: 2 }],
  })
  // A field that is locked to somebody does not come back by their hand.
  const changed = await over(owner, await start(owner, 'contact', { ids: [id] }, { do: 'change', set: { note: 'secret' } }))
  const [event] = (await crm.emitted(contactUpdated, organizationId)).filter(({ data }) => data.changes.note)
  expect((await ruled.get(`/record-operations/changes/${event?.id}`)).body).toMatchObject({
    changed: 0,
    reasons: [{ code: 'crm.operation.field_locked', count: 1 }],
  })
  expect((await reader.get(`/record-operations/changes/${event?.id}`)).body).toMatchObject({
    changed: 0,
    reasons: [{ code: 'crm.operation.denied', count: 1 }],
  })
  expect((await blind.get(`/record-operations/changes/${event?.id}`)).status).toBe(404)
  expect((await (await crm.signIn()).post(`/record-operations/changes/${event?.id}/undo`)).status).toBe(404)
  expect((await (await crm.signIn({ organizationId })).post(`/record-operations/${changed.id}/undo`)).status).toBe(404)
})

it('deletes and restores, with the deals that let go; what somebody else has by now is no trap', async () => {
  const agent = await crm.signIn()
  const ada = await made(agent, '/contacts', { name: 'Ada', emails: [{ address: 'Ada@example.org' }, { address: 'a2@example.org' }] })
  const deal = await made(agent, '/deals', { title: 'Turbines', contacts: [{ contactId: ada.id, role: 'buyer' }] })
  const deleted = await over(agent, await start(agent, 'contact', { ids: [ada.id] }, { do: 'delete' }))
  await crm.settle()
  expect(deleted).toMatchObject({ kind: 'delete', changed: 1 })
  expect((await agent.get(`/deals/${deal.id}`)).body.contacts).toEqual([])
  const eva = await made(agent, '/contacts', { name: 'Eva', email: 'ada@example.org' })
  expect((await agent.get(`/record-operations/${deleted.id}/undo`)).body).toMatchObject({
    changed: 0,
    skipped: 1,
    conflicts: [{ code: 'crm.contact.email_taken', detail: 'ada@example.org already belongs to a contact.' }],
  })
  expect(await over(agent, await start(agent, 'contact', { ids: [ada.id] }, { do: 'restore' }))).toMatchObject({ changed: 0, skipped: 1 })
  expect(await over(agent, await start(agent, 'contact', { ids: [ada.id] }, { do: 'restore', withoutTaken: true }))).toMatchObject({ changed: 1 })
  await crm.settle()
  expect((await agent.get(`/contacts/${ada.id}`)).body).toMatchObject({ email: 'a2@example.org', emails: [{ address: 'a2@example.org' }], version: 3 })
  expect((await agent.get(`/contacts/${eva.id}`)).body).toMatchObject({ email: 'ada@example.org' })
  expect((await agent.get(`/deals/${deal.id}`)).body.contacts).toEqual([{ contactId: ada.id, role: 'buyer' }])
  const story = (await agent.get(`/contacts/${ada.id}/timeline`)).body.items.map(({ type }: { type: string }) => type)
  expect(story).toEqual(['contact.restored', 'contact.deleted', 'contact.created'])
})

it('restores a company with its people, deals and daughters, but for those who went elsewhere meanwhile', async () => {
  const agent = await crm.signIn()
  const acme = await made(agent, '/companies', { name: 'Acme', domains: ['acme.example'] })
  const [ada, bob] = [await made(agent, '/contacts', { name: 'Ada', companyId: acme.id }), await made(agent, '/contacts', { name: 'Bob', companyId: acme.id })]
  const deal = await made(agent, '/deals', { title: 'Turbines', companyId: acme.id })
  const daughter = await made(agent, '/companies', { name: 'Daughter', parentId: acme.id })
  const deleted = await over(agent, await start(agent, 'company', { ids: [acme.id] }, { do: 'delete' }))
  await crm.settle()
  expect((await agent.get(`/contacts/${ada.id}`)).body).toMatchObject({ companyId: null, company: 'Acme' })
  await agent.patch(`/contacts/${bob.id}`, { company: 'Elsewhere' }, { version: 2 })
  expect(await undone(agent, deleted.id)).toMatchObject({ changed: 1 })
  await crm.settle()
  expect((await agent.get(`/contacts/${ada.id}`)).body).toMatchObject({ companyId: acme.id, company: 'Acme' })
  expect((await agent.get(`/contacts/${bob.id}`)).body).toMatchObject({ companyId: null, company: 'Elsewhere' })
  expect((await agent.get(`/deals/${deal.id}`)).body).toMatchObject({ companyId: acme.id })
  expect((await agent.get(`/companies/${daughter.id}`)).body).toMatchObject({ parentId: acme.id })
  expect((await agent.get('/companies?domain=acme.example')).body.items).toMatchObject([{ id: acme.id }])
})

it('moves deals where their stage permits it, and says which it could not', async () => {
  const agent = await crm.signIn()
  const field = await made(agent, '/fields', { record: 'deal', kind: 'text', label: 'Why', requiredStages: ['won'] })
  const [ready, bare] = [await made(agent, '/deals', { title: 'Ready', custom: { [field.id]: 'because' } }), await made(agent, '/deals', { title: 'Bare' })]
  const result = await over(agent, await start(agent, 'deal', { ids: [ready.id, bare.id] }, { do: 'change', set: { stage: 'won' } }))
  expect(result).toMatchObject({ changed: 1, skipped: 1, reasons: [{ code: 'crm.deal.move_refused', count: 1 }] })
  expect((await agent.get(`/deals/${ready.id}`)).body).toMatchObject({ stage: 'won' })
  expect(await undone(agent, result.id)).toMatchObject({ changed: 1 })
  const deals = await Promise.all([ready, bare].map(async ({ id }) => (await agent.get(`/deals/${id}`)).body))
  expect(deals.map(({ stage }) => stage)).toEqual(['new', 'new'])
})

it('undoes an undo, and that once more: the events tell of each way', async () => {
  const agent = await crm.signIn()
  const { id } = await made(agent, '/contacts', { name: 'Ada', note: 'old' })
  const done = await over(agent, await start(agent, 'contact', { ids: [id] }, { do: 'change', set: { note: 'new' } }))
  const noteOf = async () => (await agent.get(`/contacts/${id}`)).body.note
  const undo = await undone(agent, done.id)
  expect(await noteOf()).toBe('old')
  const redo = await undone(agent, undo.id)
  expect(await noteOf()).toBe('new')
  expect((await agent.get(`/record-operations/${done.id}`)).body.undoneById).toBeNull()
  await undone(agent, redo.id)
  expect(await noteOf()).toBe('old')
})

it('stays undone where undoing its undo did nothing', async () => {
  const agent = await crm.signIn()
  const { id } = await made(agent, '/contacts', { name: 'Ada', note: 'old' })
  const done = await over(agent, await start(agent, 'contact', { ids: [id] }, { do: 'change', set: { note: 'new' } }))
  const undo = await undone(agent, done.id)
  await agent.patch(`/contacts/${id}`, { note: 'mine' }, { version: 3 })
  expect(await undone(agent, undo.id)).toMatchObject({ changed: 0, skipped: 1 })
  expect((await agent.get(`/record-operations/${done.id}`)).body.undoneById).toBe(undo.id)
  expect((await agent.get(`/record-operations/${undo.id}`)).body.undoneById).toBeNull()
})

it('waits for a record that is locked instead of leaving it out, and fails where that does not end', async () => {
  const agent = await crm.signIn()
  const people = [
    await made(agent, '/contacts', { name: 'Ada' }),
    await made(agent, '/contacts', { name: 'Locked' }),
    await made(agent, '/contacts', { name: 'Zoe' }),
  ]
  await crm.database.asAdmin(`create function crm.stay_locked() returns trigger language plpgsql as $$
      begin raise exception 'locked' using errcode = 'lock_not_available'; end $$;
    create trigger stay_locked before update on crm.contact for each row when (new.name = 'Locked') execute function crm.stay_locked()`)
  const attempts = async (id: string) =>
    Number((await crm.database.asAdmin(`select attempts from crm.job where payload->>'operationId' = '${id}' and status = 'waiting'`))[0]?.['attempts'] ?? 0)
  const note = (text: string) => start(agent, 'contact', { ids: people.map(({ id }) => id) }, { do: 'change', set: { note: text } })
  const first = await note('first')
  await expect.poll(() => attempts(first.body.id), { timeout: 30_000 }).toBeGreaterThan(0)
  expect((await agent.get(`/record-operations/${first.body.id}`)).body).toMatchObject({ status: 'running', changed: 1, skipped: 0 })
  await crm.database.asAdmin('alter table crm.contact disable trigger stay_locked')
  expect(await over(agent, first)).toMatchObject({ changed: 3, skipped: 0 })

  await crm.database.asAdmin('alter table crm.contact enable trigger stay_locked')
  const second = await note('second')
  await expect.poll(() => attempts(second.body.id), { timeout: 30_000 }).toBeGreaterThan(0)
  await crm.database.asAdmin(`update crm.job set attempts = max_attempts - 1, run_at = now() where payload->>'operationId' = '${second.body.id}'`)
  await expect.poll(async () => (await agent.get(`/record-operations/${second.body.id}`)).body.status, { timeout: 30_000 }).toBe('failed')
  await crm.database.asAdmin('drop trigger stay_locked on crm.contact')
  expect(await undone(agent, second.body.id)).toMatchObject({ changed: 1 })
  expect((await agent.get(`/contacts/${people[0]?.id}`)).body.note).toBe('first')
})

it('can be undone again where an undo was stopped or took nothing back', async () => {
  const agent = await crm.signIn()
  const ada = await made(agent, '/contacts', { name: 'Ada', note: 'old' })
  const done = await over(agent, await start(agent, 'contact', { ids: [ada.id] }, { do: 'change', set: { note: 'new' } }))
  await agent.patch(`/contacts/${ada.id}`, { note: 'mine' }, { version: 2 })
  expect(await undone(agent, done.id)).toMatchObject({ changed: 0, skipped: 1 })
  expect((await agent.get(`/record-operations/${done.id}`)).body.undoneById).toBeNull()
  await agent.patch(`/contacts/${ada.id}`, { note: 'new' }, { version: 3 })
  await crm.database.asAdmin(`create function crm.hold() returns trigger language plpgsql as $$
      begin raise exception 'locked' using errcode = 'lock_not_available'; end $$;
    create trigger hold before update on crm.contact for each row when (new.name = 'Ada') execute function crm.hold()`)
  const { id } = (await agent.post(`/record-operations/${done.id}/undo`)).body
  expect((await agent.post(`/record-operations/${id}/cancel`)).body).toMatchObject({ status: 'cancelled', changed: 0 })
  await crm.database.asAdmin('drop trigger hold on crm.contact')
  expect(await undone(agent, done.id)).toMatchObject({ changed: 1 })
  expect((await agent.get(`/contacts/${ada.id}`)).body.note).toBe('old')
})

it('does a batch that fails as a whole one by one, and begun again only what has no outcome yet', async () => {
  const agent = await crm.signIn()
  const { organizationId } = agent
  await crm.database.asAdmin(
    `insert into crm.contact (organization_id, name, source) select '${organizationId}', 'Person ' || n, 'manual' from generate_series(1, 60) n;
     insert into crm.event (organization_id, id, type, version, aggregate_type, aggregate_id, aggregate_version, actor, occurred_at, correlation_id, depth, data)
     select organization_id, platform.uuid_v7(), 'contact.created', 1, 'contact', id, 1, '{"type":"system","id":null}', now(), 'x', 0, '{}' from crm.contact where organization_id = '${organizationId}'`,
  )
  // One batch fails when it is written: its records are done one by one, and the one at fault is skipped.
  await crm.database.asAdmin(`create function crm.break_one() returns trigger language plpgsql as $$ begin raise exception 'broken'; end $$;
    create trigger break_one before update on crm.contact for each row when (new.name = 'Person 7') execute function crm.break_one()`)
  const result = await over(agent, await start(agent, 'contact', { query: {} }, { do: 'delete' }))
  expect(result).toMatchObject({ total: 60, changed: 59, skipped: 1, reasons: [{ code: 'crm.operation.failed', count: 1 }] })
  expect(await crm.emitted(contactDeleted, organizationId)).toHaveLength(59)
  await crm.database.asAdmin('drop trigger break_one on crm.contact')
  const ids = (await crm.database.asAdmin(`select id from crm.contact where organization_id = '${organizationId}' and name = 'Person 7'`)).map(({ id }) =>
    String(id),
  )
  await crm.database.asAdmin(`update crm.operation set status = 'running', finished_at = null where id = '${result.id}';
    update crm.operation_record set outcome = 'waiting', code = null where operation_id = '${result.id}' and outcome = 'skipped'`)
  await crm.database.asAdmin(`insert into crm.job (organization_id, name, payload, origin, run_at, max_attempts)
    values ('${organizationId}', 'crm.run-operation', '{"operationId":"${result.id}"}', '{"actor":{"type":"system","id":null},"correlationId":"x","causationId":null,"depth":0,"trace":null}', now(), 3)`)
  await expect.poll(async () => (await agent.get(`/record-operations/${result.id}`)).body.status, { timeout: 60_000 }).toBe('done')
  expect((await agent.get(`/contacts/${ids[0]}`)).status).toBe(404)
  expect(await crm.emitted(contactDeleted, organizationId)).toHaveLength(60)
})
