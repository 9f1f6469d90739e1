import {
  type CreateContact,
  contactCreated,
  contactDeleted,
  contactMerged,
  contactRestored,
  contactUnmerged,
  contactUpdated,
  type Envelope,
  type UpdateContact,
} from '@ai-crm/contracts'
import { startService, type Agent } from '@ai-crm/testing'
import { generated } from '@ai-crm/testing/generated'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import service from '../service.ts'

const crm = await startService(service)

const text = fc.option(fc.constantFrom('a', 'b', 'c'), { nil: null })
const email = fc.option(fc.constantFrom('a@example.org', 'b@example.org', 'c@example.org'), { nil: null })
const owner = fc.constantFrom(null, '019ab000-0000-7000-8000-00000000000a', '019ab000-0000-7000-8000-00000000000b')
const label = fc.constantFrom(null, 'work')
const emails = fc.array(fc.record({ address: fc.constantFrom('A@example.org', 'b@example.org', 'd@example.org'), label }), { maxLength: 3 })
const number = fc.constantFrom('+44 20 7946 0958', '020 7946 0958', '8 (900) 123-45-67', '12')
const phones = fc.array(fc.record({ number, label }), { maxLength: 3 })
const telegrams = fc.array(fc.record({ id: fc.constantFrom('1', '2'), username: fc.constantFrom('@Ada_L', null), label }), { maxLength: 2 })
const lists = { emails: fc.option(emails, { nil: undefined }), phones: fc.option(phones, { nil: undefined }), telegrams }
const person = {
  preferredChannel: fc.constantFrom(null, 'email' as const, 'phone' as const),
  timeZone: fc.constantFrom(null, 'Europe/Berlin', 'asia/tokyo'),
  language: fc.constantFrom(null, 'ru', 'PT-br'),
  consent: fc.constantFrom(null, 'given' as const, 'withdrawn' as const),
  consentOn: fc.constantFrom(undefined, null, '2026-01-31'),
  consentSource: fc.constantFrom(undefined, null, 'A call'),
}
const fields = {
  ...lists,
  ...person,
  email: fc.oneof(fc.constant(null), email),
  phone: fc.oneof(fc.constant(null), text, number),
  company: text,
  position: text,
  note: text,
  ownerId: owner,
}
const create = fc.record({ name: fc.constantFrom('Ada', 'Eva'), companyId: fc.constant(null), custom: fc.constant({}), ...fields })
const update = fc.record({ name: fc.constantFrom('Ada', 'Eva'), ...fields }, { requiredKeys: [] })
const step = fc.oneof(
  fc.record({ kind: fc.constant('create' as const), create }),
  fc.record({ kind: fc.constant('update' as const), nth: fc.nat(5), update }),
  fc.record({ kind: fc.constant('delete' as const), nth: fc.nat(5) }),
  fc.record({ kind: fc.constant('merge' as const), nth: fc.nat(5), other: fc.nat(5), take: fc.subarray(['name', 'email', 'phone', 'company', 'note']) }),
  fc.record({ kind: fc.constant('unmerge' as const), nth: fc.nat(3) }),
)
type Step =
  | { kind: 'create'; create: Partial<CreateContact> }
  | { kind: 'update'; nth: number; update: UpdateContact }
  | { kind: 'delete'; nth: number }
  | { kind: 'merge'; nth: number; other: number; take: string[] }
  | { kind: 'unmerge'; nth: number }

/** Does what can be done of a history; what the rules refuse changes nothing and must leave no event. */
async function live(agent: Agent, history: readonly Step[]): Promise<void> {
  const ids: string[] = []
  const merges: string[] = []
  const versionOf = async (id: string) => (await agent.get(`/contacts/${id}`)).body.version ?? 1
  for (const event of history) {
    if (event.kind === 'create') {
      const { status, body } = await agent.post('/contacts', event.create)
      if (status === 201) ids.push(body.id)
      continue
    }
    if (event.kind === 'unmerge') {
      await agent.post(`/contact-merges/${merges[event.nth] ?? crypto.randomUUID()}/undo`)
      continue
    }
    const id = ids[event.nth % Math.max(ids.length, 1)]
    if (id === undefined) continue
    if (event.kind === 'merge') {
      const otherId = ids[event.other % ids.length] ?? id
      const versions = { 'if-match': `"${await versionOf(id)}"` }
      const { status, body } = await agent.post(`/contacts/${id}/merge`, { otherId, otherVersion: await versionOf(otherId), take: event.take }, versions)
      if (status === 200) merges.push(body.id)
      continue
    }
    if (event.kind === 'delete') await agent.delete(`/contacts/${id}`)
    else await agent.patch(`/contacts/${id}`, event.update, { version: await versionOf(id) })
  }
}

type Row = Record<string, unknown>

/** The rows that the log tells of: create sets, update moves from what is there, delete ends. */
function fold(envelopes: readonly Envelope<Row>[]): Map<string, Row> {
  const rows = new Map<string, Row>()
  for (const { type, aggregate, data } of envelopes) {
    const row = rows.get(aggregate.id) ?? {}
    expect(aggregate.version).toBe(Number(row['version'] ?? 0) + 1)
    if (type === contactCreated.type) {
      const { contactId, ...begin } = data
      rows.set(aggregate.id, { ...begin, id: contactId, version: 1, isDeleted: false })
    } else if (type === contactUpdated.type) {
      const changes = contactUpdated.data.parse(data).changes
      for (const [field, change] of Object.entries(changes)) {
        expect(row[field]).toEqual(change?.from)
        row[field] = change?.to
      }
      row['version'] = aggregate.version
    } else if (type === contactRestored.type) {
      const { contactId: _contactId, separatedFrom: _separatedFrom, ...whole } = data
      Object.assign(row, { ...whole, isDeleted: false, version: aggregate.version })
    } else if (type === contactDeleted.type) Object.assign(row, { isDeleted: true, version: aggregate.version })
    else row['version'] = aggregate.version
  }
  return rows
}

it('folds the events of any history into the rows that it left', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), async (history) => {
      const agent = await crm.signIn()
      await live(agent, history)
      const kinds = [contactCreated, contactUpdated, contactDeleted, contactMerged, contactUnmerged, contactRestored]
      const told = await Promise.all(kinds.map((event) => crm.emitted<typeof event>(event, agent.organizationId)))
      const events = told.flat().toSorted((a, b) => a.aggregate.version - b.aggregate.version)
      const rows = await crm.database
        .asAdmin(`select id, name, email, emails, phone, phones, telegrams, company, company_id as "companyId", preferred_channel as "preferredChannel", time_zone as "timeZone", language, consent, consent_on::text as "consentOn",
        consent_source as "consentSource", consent_note as "consentNote", position, note, tag_ids as "tagIds", source, owner_id as "ownerId", custom, version, deleted_at is not null as "isDeleted"
        from crm.contact where organization_id = '${agent.organizationId}'`)
      expect(new Map(rows.map((row) => [String(row['id']), row]))).toEqual(fold(events))
    }),
    generated(25),
  )
}, 60_000)
