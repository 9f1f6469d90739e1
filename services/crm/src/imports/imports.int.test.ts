import { contactCreated, contactDeleted, contactUpdated, MAX_IMPORT_BYTES, type Contact } from '@ai-crm/contracts'
import { startService, type Agent } from '@ai-crm/testing'
import { parse } from 'csv-parse/sync'
import { expect, it } from 'vitest'
import service from '../service.ts'
import { analysed, checked, imported, settingsFor, until, upload } from './import-fixture.ts'

const crm = await startService(service)

const contactsOf = async (agent: Agent): Promise<Contact[]> => (await agent.get('/contacts?sort=name&direction=asc&limit=100')).body.items
const namesOf = async (agent: Agent) => (await contactsOf(agent)).map(({ name }) => name)

it('imports a file as contacts with their companies, tags, owners and custom fields, each with its event by whoever imports', async () => {
  const agent = await crm.signIn()
  const { organizationId, userId } = agent
  await crm.database.asAdmin(
    `insert into crm.person (organization_id, user_id, name, email) values ('${organizationId}', '${userId}', 'Olga Owner', 'olga@example.org')`,
  )
  const tier = (await agent.post('/fields', { record: 'contact', kind: 'select', label: 'Tier', options: [{ label: 'Gold' }] })).body
  const born = (await agent.post('/fields', { record: 'contact', kind: 'date', label: 'Born' })).body
  const acme = (await agent.post('/companies', { name: 'Acme' })).body
  const file = [
    'Имя;Фамилия;Почта;Телефон;Компания;Теги;Ответственный;Tier;Born',
    'Ада;Лавлейс;ada@example.org, ada@home.example;8 926 123-45-67;ACME;VIP, Math;Olga Owner;gold;31.01.1815',
    '"Чарльз";"Бэббидж";charles@example.org;;"ООО ""Машина""";math;;;',
  ].join('\r\n')
  const done = await imported(agent, file, {
    country: 'RU',
    fields: ['firstName', 'lastName', 'email', 'phone', 'company', 'tags', 'owner', `custom.${tier.id}`, `custom.${born.id}`],
  })
  expect(done.operation).toMatchObject({ kind: 'import', status: 'done', total: 2, changed: 2, skipped: 0 })
  const [ada, charles] = await contactsOf(agent)
  const tags = new Map((await agent.get('/tags')).body.items.map(({ id, name }: { id: string; name: string }) => [id, name]))
  expect(ada).toMatchObject({
    name: 'Ада Лавлейс',
    email: 'ada@example.org',
    company: 'Acme',
    companyId: acme.id,
    ownerId: userId,
    source: 'import',
    version: 1,
    emails: [{ address: 'ada@example.org' }, { address: 'ada@home.example' }],
    phones: [{ e164: '+79261234567' }],
    custom: { [tier.id]: tier.options[0].id, [born.id]: '1815-01-31' },
  })
  expect(ada?.tagIds.map((id) => tags.get(id))).toEqual(['VIP', 'Math'])
  expect(charles).toMatchObject({ name: 'Чарльз Бэббидж', company: 'ООО "Машина"', ownerId: userId })
  expect(charles?.tagIds.map((id) => tags.get(id))).toEqual(['Math'])
  const told = await crm.emitted(contactCreated, organizationId)
  expect(told).toHaveLength(2)
  expect(told[0]).toMatchObject({
    actor: { type: 'user', id: userId },
    aggregate: { version: 1 },
    data: { contactId: ada?.id, source: 'import', custom: ada?.custom },
  })
  await crm.settle()
  expect((await agent.get(`/contacts/${ada?.id}/timeline`)).body.items.map(({ type }: { type: string }) => type)).toEqual(['contact.created'])
})

const KNOWN = { name: 'Ada', emails: [{ address: 'Ada@example.org' }], phone: '+44 20 7946 0958', position: 'Countess' }

it.each([
  ['skip', { position: 'Countess', note: null, version: 1 }, { changed: 1, skipped: 2 }],
  ['fill', { position: 'Countess', note: 'new', version: 2, emails: [{ address: 'Ada@example.org' }] }, { changed: 2, unchanged: 1 }],
  [
    'overwrite',
    { name: 'Ada L.', position: 'Analyst', note: 'new', version: 3, emails: [{ address: 'other@example.org' }, { address: 'Ada@example.org' }] },
    { changed: 3 },
  ],
  ['create', { position: 'Countess', version: 1 }, { changed: 1, skipped: 2 }],
] as const)('keeps to the policy for whoever is known: %s', async (policy, expected, counts) => {
  const agent = await crm.signIn()
  const ada = (await agent.post('/contacts', KNOWN)).body
  const file = 'Name,Email,Position,Note\nAda L.,"ada@EXAMPLE.org",Analyst,new\nNew,new@example.org,,\nAda L.,other@example.org;ada@example.org,,\n'
  const done = await imported(agent, file, { policy })
  expect(done.operation).toMatchObject(counts)
  expect((await agent.get(`/contacts/${ada.id}`)).body).toMatchObject(expected)
  expect(await namesOf(agent)).toEqual([policy === 'overwrite' ? 'Ada L.' : 'Ada', 'New'])
  // The forecast said so.
  expect(done.forecast).toMatchObject({ rows: 3, created: 1, refused: 0 })
})

it('takes an import back: what nobody has changed since is as it was', async () => {
  const agent = await crm.signIn()
  const { ada, eve } = {
    ada: (await agent.post('/contacts', KNOWN)).body,
    eve: (await agent.post('/contacts', { name: 'Eve', email: 'eve@example.org' })).body,
  }
  const file =
    'Name,Email,Position\nAda L.,ada@example.org,Analyst\nEva,eve@example.org,Spy\nNew,new@example.org,\nKept,kept@example.org,\nAda the first,ada@example.org,\nNew one,new@example.org,CEO\n'
  const done = await imported(agent, file, { policy: 'overwrite' })
  const kept = (await contactsOf(agent)).find(({ name }) => name === 'Kept')
  await agent.patch(`/contacts/${kept?.id}`, { note: 'called' }, { version: 1 })
  await agent.patch(`/contacts/${eve.id}`, { name: 'Eve Now' }, { version: 2 })
  const undo = (await agent.post(`/imports/${done.id}/revert`)).body
  expect(undo).toMatchObject({ kind: 'undo', undoesId: done.operation?.id })
  expect((await agent.post(`/imports/${done.id}/revert`)).body.id).toBe(undo.id)
  for (let status = ''; status !== 'done';) status = (await agent.get(`/record-operations/${undo.id}`)).body.status
  const after = (await agent.get(`/contacts/${ada.id}`)).body
  expect({ ...after, version: 1, updatedAt: ada.updatedAt }).toEqual(ada)
  expect((await agent.get(`/contacts/${eve.id}`)).body).toMatchObject({ name: 'Eve Now', position: null })
  expect(await namesOf(agent)).toEqual(['Ada', 'Eve Now', 'Kept'])
  expect((await agent.get(`/record-operations/${undo.id}`)).body).toMatchObject({
    total: 4,
    changed: 3,
    skipped: 1,
    reasons: [{ code: 'crm.operation.changed_since', count: 2 }],
  })
  expect(await crm.emitted(contactDeleted, agent.organizationId)).toHaveLength(1)
  expect(
    (await crm.emitted(contactUpdated, agent.organizationId)).filter(({ aggregate }) => aggregate.id === ada.id).map(({ aggregate }) => aggregate.version),
  ).toEqual([2, 3, 4])
  // The same by the route of any operation: what came by the file comes again.
  expect((await agent.get(`/record-operations/${undo.id}/undo`)).body).toMatchObject({ total: 3, changed: 3, skipped: 0 })
})

it('shows what an import made or changed, page by page and in every question to the list, to whoever imported', async () => {
  const agent = await crm.signIn()
  const colleague = await crm.signIn({ organizationId: agent.organizationId })
  const stranger = await crm.signIn()
  await agent.post('/contacts', KNOWN)
  await agent.post('/contacts', { name: 'Not in the file' })
  const { operation } = await imported(agent, 'Name,Email\nAda L.,ada@example.org\nBea,bea@example.org\nCid,cid@example.org\n', { policy: 'overwrite' })
  const of = `operationId=${operation?.id}`
  expect((await agent.get(`/record-operations/${operation?.id}`)).body).toMatchObject({ fileName: 'people.csv' })
  const first = (await agent.get(`/contacts?${of}&sort=name&direction=asc&limit=2`)).body
  const second = (await agent.get(`/contacts?${of}&sort=name&direction=asc&limit=2&cursor=${first.nextCursor}`)).body
  expect([...first.items, ...second.items].map(({ name }: Contact) => name)).toEqual(['Ada L.', 'Bea', 'Cid'])
  expect((await agent.get(`/contacts/summary?${of}`)).body).toMatchObject({ count: 3 })
  const query = { operationId: operation?.id }
  const preview = await agent.post('/record-operations/preview', { record: 'contact', selection: { query }, action: { do: 'delete' } })
  expect(preview.body).toMatchObject({ total: 3 })
  expect((await agent.get(`/deals?${of}`)).body.items).toEqual([])
  for (const other of [colleague, stranger]) expect((await other.get(`/contacts?${of}`)).body.items).toEqual([])
})

it('refuses rows with their reason, imports the others, and takes the refused ones when they are mended', async () => {
  const agent = await crm.signIn()
  const file = 'Name,Email,Owner\n=Ada,ada@,\nEve,eve@example.org,Nobody\nBob,bob@example.org,\n,,\nZed,zed@example.org,,too much\n'
  const forecast = (await checked(agent, file)).forecast
  expect(forecast).toMatchObject({ rows: 4, created: 1, refused: 3 })
  expect(forecast?.complaints).toMatchObject([
    { code: 'crm.import.email_invalid', column: 1, count: 1, examples: [{ row: 2, value: 'ada@' }] },
    { code: 'crm.import.owner_unknown', column: 2, examples: [{ row: 3, value: 'Nobody' }] },
    { code: 'crm.import.too_many_cells', column: null, examples: [{ row: 6 }] },
  ])
  const done = await imported(agent, file, { language: 'ru' })
  expect(done).toMatchObject({ refused: 3, operation: { changed: 1, skipped: 3 } })
  const refused = (await agent.get(`/imports/${done.id}/refused.csv`)).raw
  const rows: string[][] = parse(refused, { bom: true })
  expect(rows.map((row) => row[0])).toEqual(['Name', "'=Ada", 'Eve', 'Zed'])
  expect(rows[1]?.at(-1)).toBe('Email: Это не адрес почты (ada@)')
  const mended = refused.toString().replace('ada@"', 'ada@example.org"').replace('"Nobody"', '""')
  await imported(agent, mended)
  expect(await namesOf(agent)).toEqual(['=Ada', 'Bob', 'Eve', 'Zed'])
})

it('reads values that were mended before the start', async () => {
  const agent = await crm.signIn()
  await imported(agent, 'Name,Email\nAda,ada(at)example.org\n', { replacements: [{ column: 1, from: 'ada(at)example.org', to: 'ada@example.org' }] })
  expect(await contactsOf(agent)).toMatchObject([{ email: 'ada@example.org' }])
})

it('demands what a new contact has to have', async () => {
  const agent = await crm.signIn()
  await agent.post('/fields', { record: 'contact', kind: 'text', label: 'Hobby', isRequired: true })
  const done = await imported(agent, 'Name,Hobby\nAda,Chess\nEve,\n')
  expect(done.forecast).toMatchObject({ created: 1, refused: 1, complaints: [{ code: 'crm.field.values_missing', count: 1 }] })
  expect(done.operation?.reasons).toEqual([{ code: 'crm.field.values_missing', count: 1 }])
  expect(await namesOf(agent)).toEqual(['Ada'])
  // Whoever is known stays as they are where the file is silent; whoever is new needs the value all the same.
  const filled = await imported(agent, 'Name,Email,Hobby\nGrace,grace@x.example,\n', { policy: 'fill' })
  expect(filled.operation?.reasons).toEqual([{ code: 'crm.field.values_missing', count: 1 }])
  expect(await namesOf(agent)).toEqual(['Ada'])
})

it('refuses what cannot be, naming it, and changes nothing', async () => {
  const agent = await crm.signIn()
  expect(await agent.post('/imports', { fileName: 'x.csv', sizeBytes: MAX_IMPORT_BYTES + 1 })).toMatchObject({
    status: 413,
    body: { code: 'crm.import.file_too_large', detail: /200 MB/, errors: [{ field: '/sizeBytes' }] },
  })
  const { id } = (await agent.post('/imports', { fileName: 'x.csv', sizeBytes: 10 })).body
  expect(await agent.put(`/imports/${id}/chunks`, { position: 0, bytes: 'YQ==' })).toMatchObject({ status: 422, body: { errors: [{ field: '/bytes' }] } })
  expect(await agent.post(`/imports/${id}/analyse`, {})).toMatchObject({ status: 409, body: { code: 'crm.import.file_incomplete' } })
  expect(await agent.post(`/imports/${id}/start`)).toMatchObject({ status: 409, body: { code: 'crm.import.wrong_state' } })
  const found = await analysed(agent, 'Name,Email\nAda,ada@example.org\n')
  const check = (chosen: object) => agent.post(`/imports/${found.id}/check`, settingsFor(found, chosen))
  for (const [chosen, field] of [
    [{ fields: ['name'] }, '/fields'],
    [{ fields: ['name', 'name'] }, '/fields/1'],
    [{ fields: ['name', `custom.${crypto.randomUUID()}`] }, '/fields/1'],
    [{ fields: [null, null] }, '/fields'],
    [{ country: 'XX' }, '/country'],
    [{ replacements: [{ column: 2, from: 'a', to: 'b' }] }, '/replacements/0/column'],
  ] as const)
    expect(await check(chosen)).toMatchObject({ status: 422, body: { code: 'crm.import.settings_unfit', errors: [{ field }] } })
  expect(await contactsOf(agent)).toEqual([])
})

it('says where a file is broken and what helps', async () => {
  const agent = await crm.signIn()
  const id = await upload(agent, Buffer.from('Name,Email\nAda,"ada@example.org\nEve,eve@example.org\n'))
  await agent.post(`/imports/${id}/analyse`, {})
  const { problem } = await until(agent, id, ({ state }) => state === 'refused')
  expect(problem).toMatchObject({ code: 'crm.import.quote_open', line: 2 })
  expect(problem?.message).toMatch(/row 2.*never closed/)
})
