import { contactCreated, contactUpdated } from '@ai-crm/contracts'
import { startService } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import service from '../service.ts'

const crm = await startService(service)
const today = (): string => new Date().toISOString().slice(0, 10)

it('keeps how somebody likes to be reached, as the standards spell it, and tells it', async () => {
  const agent = await crm.signIn()
  const given = { preferredChannel: 'telegram', timeZone: 'europe/berlin', language: 'pt-br', consent: 'given', consentOn: '2026-01-31', consentSource: 'Form' }
  const { status, body } = await agent.post('/contacts', { name: 'Ada', ...given })
  const kept = { ...given, timeZone: 'Europe/Berlin', language: 'pt-BR', consentNote: null }
  expect([status, body]).toMatchObject([201, kept])
  expect(await crm.emitted(contactCreated, agent.organizationId)).toMatchObject([{ data: kept }])
})

it.each([
  ['timeZone', 'Mars/Olympus'],
  ['timeZone', '+03:00'],
  ['language', 'zz'],
  ['language', 'not a language'],
  ['preferredChannel', 'pigeon'],
  ['consent', 'maybe'],
  ['consentOn', '2026-02-30'],
])('refuses %s "%s", naming the field, and changes nothing', async (field, value) => {
  const agent = await crm.signIn()
  const { body } = await agent.post('/contacts', { name: 'Ada' })
  const refused = await agent.patch(`/contacts/${body.id}`, { note: 'new', [field]: value }, { version: 1 })
  expect([refused.status, refused.body.errors]).toMatchObject([400, [{ field: `/${field}` }]])
  expect((await agent.get(`/contacts/${body.id}`)).body).toEqual(body)
})

it('gives each consent its day, and each change of it its own history', async () => {
  const agent = await crm.signIn()
  const { body } = await agent.post('/contacts', { name: 'Ada', consent: 'given', consentOn: '2026-01-31', consentSource: 'Form', consentNote: 'By post' })
  const withdrawn = await agent.patch(`/contacts/${body.id}`, { consent: 'withdrawn' }, { version: 1 })
  expect(withdrawn.body).toMatchObject({ consent: 'withdrawn', consentOn: today(), consentSource: null, consentNote: null })
  const forgotten = await agent.patch(`/contacts/${body.id}`, { consent: null }, { version: 2 })
  expect(forgotten.body).toMatchObject({ consent: null, consentOn: null })
  expect(await crm.emitted(contactUpdated, agent.organizationId)).toMatchObject([
    {
      data: { changes: { consent: { from: 'given', to: 'withdrawn' }, consentSource: { from: 'Form', to: null }, consentNote: { from: 'By post', to: null } } },
    },
    { data: { changes: { consent: { from: 'withdrawn', to: null }, consentOn: { to: null } } } },
  ])
})

it('lets nothing be said of a consent that is none, or of tomorrow', async () => {
  const agent = await crm.signIn()
  const unsaid = await agent.post('/contacts', { name: 'Ada', consentSource: 'Form' })
  expect(unsaid.body).toMatchObject({ status: 422, code: 'crm.contact.consent_unsaid', errors: [{ field: '/consentSource' }] })
  const later = await agent.post('/contacts', { name: 'Ada', consent: 'given', consentOn: '2999-01-01' })
  expect(later.body).toMatchObject({ status: 422, code: 'crm.contact.consent_in_future', errors: [{ field: '/consentOn' }] })
})

it('filters, sorts, groups and changes many by them', async () => {
  const agent = await crm.signIn()
  for (const [name, language, consent] of [
    ['Ada', 'ru', 'given'],
    ['Bob', 'en', 'withdrawn'],
    ['Cleo', null, null],
  ])
    await agent.post('/contacts', { name, language, consent })
  const names = async (query: string) => (await agent.get(`/contacts?${query}`)).body.items.map(({ name }: { name: string }) => name)
  expect(await names('sort=language&direction=asc')).toEqual(['Bob', 'Ada', 'Cleo'])
  expect(
    await names(`filter=${encodeURIComponent(JSON.stringify({ all: [{ field: 'consent', op: 'isNot', value: 'withdrawn' }] }))}&sort=name&direction=asc`),
  ).toEqual(['Ada', 'Cleo'])
  const { groups } = (await agent.get('/contacts/summary?groupBy=consent')).body
  expect(groups).toMatchObject([{ count: 1 }, { count: 1 }, { count: 1 }])
  const filter = JSON.stringify({ all: [{ field: 'language', op: 'is', value: 'ru' }] })
  const started = await agent.post('/record-operations', {
    record: 'contact',
    selection: { query: { filter } },
    action: { do: 'change', set: { consent: 'withdrawn', timeZone: 'Asia/Tokyo' } },
  })
  await expect
    .poll(async () => (await agent.get(`/record-operations/${started.body.id}`)).body, { timeout: 60_000 })
    .toMatchObject({ status: 'done', changed: 1 })
  expect((await agent.get('/contacts?search=Ada')).body.items).toMatchObject([{ consent: 'withdrawn', consentOn: today(), timeZone: 'Asia/Tokyo' }])
})

it('never loses a refusal in a merge, whichever of the two it was of', async () => {
  const agent = await crm.signIn()
  const no = (await agent.post('/contacts', { name: 'Ada', consent: 'withdrawn', consentSource: 'A call' })).body
  for (const stays of [true, false]) {
    const yes = (await agent.post('/contacts', { name: 'Ada', consent: 'given', consentSource: 'Form' })).body
    const [survivor, other] = stays ? [yes, no] : [no, yes]
    const version = (await agent.get(`/contacts/${survivor.id}`)).body.version
    const otherVersion = (await agent.get(`/contacts/${other.id}`)).body.version
    const merge = await agent.post(`/contacts/${survivor.id}/merge`, { otherId: other.id, otherVersion, take: [] }, { 'if-match': `"${version}"` })
    expect(merge.status).toBe(200)
    expect((await agent.get(`/contacts/${survivor.id}`)).body).toMatchObject({ consent: 'withdrawn', consentSource: 'A call' })
    await agent.post(`/contact-merges/${merge.body.id}/undo`)
    expect((await agent.get(`/contacts/${no.id}`)).body).toMatchObject({ consent: 'withdrawn' })
    expect((await agent.get(`/contacts/${yes.id}`)).body).toMatchObject({ consent: 'given', consentSource: 'Form' })
  }
})

it('hides what is said of a consent with the consent', async () => {
  const owner = await crm.signIn()
  const { body } = await owner.post('/contacts', { name: 'Ada', consent: 'given', consentSource: 'Form', consentNote: 'x' })
  const narrow = await crm.signIn({ organizationId: owner.organizationId, permissions: ['crm.contact.read'], fields: { contact: { consent: 'hidden' } } })
  const seen = (await narrow.get(`/contacts/${body.id}`)).body
  expect(Object.keys(seen).filter((key) => key.startsWith('consent'))).toEqual([])
})
