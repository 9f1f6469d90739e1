import { readFileSync } from 'node:fs'
import { contactCreated, contactUpdated, messageReceived, type Permission } from '@ai-crm/contracts'
import { startService, type Agent } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import service from '../service.ts'

const crm = await startService(service)

const email = (address: string, label: string | null = null) => ({ address, label })
const make = async (agent: Agent, fields: object, headers: Record<string, string> = {}) => agent.post('/contacts', { name: 'Ada', ...fields }, headers)
const found = async (agent: Agent, words: string) =>
  (await agent.get(`/contacts?search=${encodeURIComponent(words)}`)).body.items.map(({ id }: { id: string }) => id)
const addressesOf = (organizationId: string) =>
  crm.database.asAdmin(`select kind, value from crm.contact_address where organization_id = '${organizationId}' order by 1, 2`)

it('keeps every way to reach somebody as it was written, the first as the primary one, and tells them', async () => {
  const agent = await crm.signIn()
  const { status, body } = await make(
    agent,
    {
      emails: [email('Ada@Example.org', 'work'), email('ada@home.example', 'home')],
      phones: [
        { number: '8 (900) 123-45-67', label: 'mobile' },
        { number: 'reception', label: null },
      ],
      telegrams: [{ id: '4242', username: '@Ada_L' }],
    },
    { 'accept-language': 'ru' },
  )
  expect(status).toBe(201)
  const lists = {
    email: 'ada@example.org',
    emails: [email('Ada@Example.org', 'work'), email('ada@home.example', 'home')],
    phone: '8 (900) 123-45-67',
    phones: [
      { number: '8 (900) 123-45-67', label: 'mobile', e164: '+79001234567', extension: null, international: '+7 900 123 45 67' },
      { number: 'reception', label: null, e164: null, extension: null, international: null },
    ],
    telegrams: [{ id: '4242', username: 'Ada_L', label: null }],
  }
  expect(body).toMatchObject(lists)
  expect((await agent.get(`/contacts/${body.id}`)).body).toEqual(body)
  expect((await crm.emitted(contactCreated, agent.organizationId))[0]?.data).toMatchObject(lists)

  const changed = await agent.patch(`/contacts/${body.id}`, { emails: [email('ada@home.example'), email('Ada@Example.org', 'work')] }, { version: 1 })
  expect(changed.body).toMatchObject({ email: 'ada@home.example', version: 2 })
  expect((await crm.emitted(contactUpdated, agent.organizationId))[0]?.data.changes).toEqual({
    email: { from: 'ada@example.org', to: 'ada@home.example' },
    emails: { from: lists.emails, to: [email('ada@home.example'), email('Ada@Example.org', 'work')] },
  })
  expect(await addressesOf(agent.organizationId)).toEqual([
    { kind: 'email', value: 'ada@example.org' },
    { kind: 'email', value: 'ada@home.example' },
    { kind: 'phone', value: '+79001234567' },
    { kind: 'telegram', value: '4242' },
    { kind: 'telegram-name', value: 'ada_l' },
  ])
})

it('lets each address belong to one living contact, whichever of theirs it is, and names the one that is taken', async () => {
  const [agent, stranger] = [await crm.signIn(), await crm.signIn()]
  const ada = (await make(agent, { emails: [email('a@example.org'), email('b@example.org')], telegrams: [{ id: '7' }], phone: '+44 20 7946 0958' })).body
  const eva = (await make(agent, { name: 'Eva', phone: '+44 20 7946 0958', telegrams: [{ username: 'shared_name' }] })).body
  const taken = async (fields: object, code: string, field: string) => {
    const answers = [await make(agent, fields), await agent.patch(`/contacts/${eva.id}`, fields, { version: 1 })]
    for (const answer of answers) expect(answer).toMatchObject({ status: 409, body: { code, errors: [{ field }] } })
  }
  await taken({ email: 'b@example.org' }, 'crm.contact.email_taken', '/email')
  await taken({ emails: [email('c@example.org'), email('B@example.org')] }, 'crm.contact.email_taken', '/emails/1/address')
  await taken({ telegrams: [{ username: 'free_name' }, { id: '7' }] }, 'crm.contact.telegram_taken', '/telegrams/1/id')
  expect((await agent.get(`/contacts/${eva.id}`)).body).toEqual(eva)
  expect((await make(stranger, { email: 'b@example.org', telegrams: [{ id: '7' }] })).status).toBe(201)

  await agent.patch(`/contacts/${ada.id}`, { emails: [email('a@example.org')] }, { version: 1 })
  expect((await make(agent, { email: 'b@example.org' })).status).toBe(201)
  await agent.delete(`/contacts/${ada.id}`)
  expect((await make(agent, { email: 'a@example.org', telegrams: [{ id: '7' }] })).status).toBe(201)
})

it('lets one of ten win who take the same address at once, as their first or another', async () => {
  const agent = await crm.signIn()
  const both = (nth: number) => (nth % 2 ? [email('x@example.org')] : [email(`own${nth}@example.org`), email('x@example.org')])
  const made = await Promise.all(Array.from({ length: 10 }, (_, nth) => make(agent, { emails: both(nth) })))
  expect(made.map(({ status }) => status).toSorted()).toEqual([201, ...Array<number>(9).fill(409)])
  const people = await Promise.all(Array.from({ length: 5 }, () => make(agent, {})))
  const moved = await Promise.all(people.map(({ body }) => agent.patch(`/contacts/${body.id}`, { emails: [email('y@example.org')] }, { version: 1 })))
  expect(moved.map(({ status, body }) => (status === 200 ? status : body.code)).toSorted()).toEqual([200, ...Array<string>(4).fill('crm.contact.email_taken')])
})

const mailFrom = (address: string) =>
  messageReceived({
    messageId: crypto.randomUUID(),
    conversationId: crypto.randomUUID(),
    channel: 'email',
    contactId: null,
    from: { address, name: 'Ada' },
    subject: 'Question',
    text: 'Hello',
    language: 'en',
    isAutoReply: false,
    attachmentCount: 0,
    flags: [],
    receivedAt: '2026-11-20T10:00:00.000Z',
  })

it('knows who writes by any of their addresses', async () => {
  const agent = await crm.signIn()
  const ada = (await make(agent, { emails: [email('a@example.org'), email('Other@example.org')] })).body
  await crm.deliver(mailFrom('OTHER@Example.org'), { organizationId: agent.organizationId })
  await crm.deliver(mailFrom('New@example.org'), { organizationId: agent.organizationId })
  const { items } = (await agent.get('/contacts')).body
  expect(items.map(({ emails }: { emails: object[] }) => emails)).toEqual([[email('New@example.org')], ada.emails])
  expect(items[1].lastActivityAt).not.toBeNull()
})

it.each(['home.example', '900 123', '9001234567', '+7 (900) 123-45', '8 900 1234567', '79001234567', 'ada_l', '4242', '0958'])(
  'finds them by %j',
  async (words) => {
    const agent = await crm.signIn()
    const phones = [
      { number: '+44 20 7946 0958', label: null },
      { number: '8(900)1234567', label: null },
    ]
    const { body } = await make(
      agent,
      { emails: [email('a@b.example'), email('x@home.example')], phones, telegrams: [{ id: '4242', username: 'Ada_L' }] },
      { 'accept-language': 'ru' },
    )
    await make(agent, { name: 'Eva', phone: '+49 30 901820', email: 'eva@b.example' })
    expect(await found(agent, words)).toEqual([body.id])
  },
)

it('hides the lists with their field: from answers, stories and searches, and from being written', async () => {
  const owner = await crm.signIn()
  const { organizationId } = owner
  const permissions: Permission[] = ['crm.contact.read', 'crm.contact.update']
  const clerk = await crm.signIn({ organizationId, permissions, fields: { contact: { email: 'hidden', phone: 'hidden', telegrams: 'hidden' } } })
  const phones = [{ number: '+44 20 7946 0958', label: null }]
  const { id } = (
    await make(owner, { emails: [email('a@secret.example'), email('b@secret.example')], phones, telegrams: [{ id: '4242', username: 'secret_ada' }] })
  ).body
  await owner.patch(`/contacts/${id}`, { emails: [email('b@secret.example')] }, { version: 1 })
  await crm.settle()
  for (const { raw, status } of [await clerk.get(`/contacts/${id}`), await clerk.get('/contacts'), await clerk.get(`/contacts/${id}/timeline`)])
    expect([status, raw.toString()]).toEqual([200, expect.not.stringMatching(/secret|email|7946|phone|telegram/)])
  for (const words of ['secret', '7946', '44207946', '4242']) expect([await found(owner, words), await found(clerk, words)]).toEqual([[id], []])
  for (const field of ['emails', 'phones', 'telegrams'])
    expect(await clerk.patch(`/contacts/${id}`, { [field]: [] }, { version: 2 })).toMatchObject({ status: 403, body: { errors: [{ field: `/${field}` }] } })
})

it.each([
  [{ emails: [email('no address')] }, 400, '/emails/0/address'],
  [{ emails: Array.from({ length: 21 }, (_, nth) => email(`a${nth}@b.example`)) }, 400, '/emails'],
  [{ phones: [{ number: '1', label: 'x'.repeat(51) }] }, 400, '/phones/0/label'],
  [{ telegrams: [{ username: 'a b' }] }, 400, '/telegrams/0/username'],
  [{ telegrams: [{ id: '0' }] }, 400, '/telegrams/0/id'],
  [{ telegrams: [{ label: 'work' }] }, 422, '/telegrams/0'],
  [{ email: 'a@b.example', emails: [email('c@b.example')] }, 422, '/email'],
  [{ phone: '1', phones: [] }, 422, '/phone'],
])('names the wrong field of %j and changes nothing', async (fields, status, field) => {
  const agent = await crm.signIn()
  const { body } = await make(agent, { email: 'ada@example.org' })
  expect(await make(agent, fields)).toMatchObject({ status, body: { errors: [{ field }] } })
  expect(await agent.patch(`/contacts/${body.id}`, fields, { version: 1 })).toMatchObject({ status, body: { errors: [{ field }] } })
  expect((await agent.get('/contacts')).body.items).toEqual([body])
})

it('reads contacts from before the lists, and takes in what they had', async () => {
  const agent = await crm.signIn()
  const { organizationId } = agent
  const values = `'${organizationId}', 'Old', 'manual', 'old@example.org', '+44 20 7946 0958'`
  const insert = `insert into crm.contact (organization_id, name, source, email, phone) values (${values})`
  // As before the triggers were there.
  await crm.database.asAdmin(`set session_replication_role = replica; ${insert}; set session_replication_role = origin`)
  const sqlOf = (name: string) => readFileSync(new URL(`../../migrations/${name}`, import.meta.url), 'utf8')
  const migrations = ['0241_contact_address_open.sql', '0242_contact_address_rows.sql', '0243_contact_address_closed.sql'].map(sqlOf)
  await crm.database.asAdmin(`set role crm_owner; ${migrations.join(';')}; reset role`)
  expect(await addressesOf(organizationId)).toEqual([
    { kind: 'email', value: 'old@example.org' },
    { kind: 'phone', value: '+442079460958' },
  ])
  const [old] = (await agent.get('/contacts')).body.items
  expect(old).toMatchObject({ emails: [email('old@example.org')], phones: [{ number: '+44 20 7946 0958', e164: '+442079460958' }] })
  const { body } = await agent.patch(`/contacts/${old.id}`, { emails: [...old.emails, email('new@example.org')] }, { version: 1 })
  expect(body).toMatchObject({ email: 'old@example.org', phone: '+44 20 7946 0958' })
})

it('keeps of contacts that are made at once what addresses_of finds of each, however many addresses they have', async () => {
  const { organizationId } = await crm.signIn()
  const rows = [
    `('${organizationId}', 'None', null, '[]', null, '[]', '[]', null)`,
    `('${organizationId}', 'One', 'one@example.org', '[{"address":"one@example.org"}]', null, '[]', '[]', null)`,
    `('${organizationId}', 'Two', 'two@example.org', '[{"address":"two@example.org"},{"address":"Other@example.org"}]', null, '[]', '[]', null)`,
    `('${organizationId}', 'Dialled', 'dialled@example.org', '[{"address":"dialled@example.org"}]', '+44 20 7946 0958', '[]', '[]', null)`,
    `('${organizationId}', 'Telegram', null, '[]', null, '[]', '[{"id":"7","username":"Seven"}]', null)`,
    `('${organizationId}', 'Gone', 'gone@example.org', '[{"address":"gone@example.org"}]', null, '[]', '[]', now())`,
  ]
  await crm.database.asAdmin(
    `insert into crm.contact (organization_id, name, email, emails, phone, phones, telegrams, deleted_at, source)
     select given.a::uuid, b, c, d::jsonb, e, f::jsonb, g::jsonb, h::timestamptz, 'manual' from (values ${rows.join(', ')}) as given (a, b, c, d, e, f, g, h)`,
  )
  const expected = await crm.database.asAdmin(
    `select given.kind, given.value from crm.contact, crm.addresses_of(contact) as given where organization_id = '${organizationId}' and deleted_at is null order by 1, 2`,
  )
  expect(expected).toHaveLength(7)
  expect(await addressesOf(organizationId)).toEqual(expected)
})
