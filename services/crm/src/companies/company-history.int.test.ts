import {
  companyCreated,
  companyDeleted,
  companyUpdated,
  contactCreated,
  contactDeleted,
  contactUpdated,
  type Envelope,
  type EventDefinition,
} from '@ai-crm/contracts'
import { startService, type Agent } from '@ai-crm/testing'
import { generated } from '@ai-crm/testing/generated'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { z } from 'zod'
import service from '../service.ts'

const crm = await startService(service)

const text = fc.option(fc.constantFrom('a', 'b'), { nil: null })
const fields = {
  name: fc.constantFrom('Acme', 'Beta', 'Gamma'),
  domains: fc.array(fc.constantFrom('a.example', 'b.example', 'c.example'), { maxLength: 2 }),
  industry: text,
  size: fc.option(fc.constantFrom('1-10', '5001+'), { nil: null }),
  note: text,
}
const nth = fc.nat(5)
/** `other`: which company becomes the parent, or the one that a contact is linked to. */
const step = fc.oneof(
  fc.record({ kind: fc.constant('found' as const), body: fc.record(fields), other: fc.option(nth, { nil: null }) }),
  fc.record({ kind: fc.constant('change' as const), nth, body: fc.record(fields, { requiredKeys: [] }), other: fc.option(nth, { nil: null }) }),
  fc.record({ kind: fc.constant('close' as const), nth }),
  fc.record({ kind: fc.constant('meet' as const), other: nth }),
  fc.record({
    kind: fc.constant('link' as const),
    nth,
    other: fc.option(nth, { nil: null }),
    company: fc.option(fc.constantFrom('Own', 'Acme'), { nil: undefined }),
  }),
)
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never

/** Does what can be done of a history; what the rules refuse changes nothing and must leave no event. */
async function live(agent: Agent, history: readonly Step[]): Promise<void> {
  const [companies, contacts]: [string[], string[]] = [[], []]
  const pick = (ids: readonly string[], index: number | null) => (index === null ? null : (ids[index % Math.max(ids.length, 1)] ?? null))
  const patch = async (path: string, body: object) => agent.patch(path, body, { version: (await agent.get(path)).body.version ?? 1 })
  for (const event of history) {
    if (event.kind === 'found') {
      const { status, body } = await agent.post('/companies', { ...event.body, parentId: pick(companies, event.other) })
      if (status === 201) companies.push(body.id)
    } else if (event.kind === 'change') await patch(`/companies/${pick(companies, event.nth)}`, { ...event.body, parentId: pick(companies, event.other) })
    else if (event.kind === 'close') await agent.delete(`/companies/${pick(companies, event.nth)}`)
    else if (event.kind === 'meet') {
      const { status, body } = await agent.post('/contacts', { name: 'Ada', companyId: pick(companies, event.other) })
      if (status === 201) contacts.push(body.id)
    } else
      await patch(
        `/contacts/${pick(contacts, event.nth)}`,
        event.company === undefined ? { companyId: pick(companies, event.other) } : { company: event.company },
      )
  }
}

type Row = Record<string, unknown>
const Changes = z.object({ changes: z.record(z.string(), z.object({ from: z.unknown(), to: z.unknown() })) })

/** The rows that the log tells of: the first event sets, `changes` move from what is there, another ends. */
function fold(envelopes: readonly Envelope<Row>[], id: 'companyId' | 'contactId'): Map<string, Row> {
  const rows = new Map<string, Row>()
  for (const { aggregate, data, type } of envelopes) {
    const row = rows.get(aggregate.id) ?? {}
    expect(aggregate.version).toBe(Number(row['version'] ?? 0) + 1)
    if (type.endsWith('.created')) {
      const { [id]: _id, ...begin } = data
      rows.set(aggregate.id, { ...begin, id: aggregate.id, version: 1, isDeleted: false })
    } else if (type.endsWith('.updated')) {
      for (const [field, { from, to }] of Object.entries(Changes.parse(data).changes)) {
        expect(row[field]).toEqual(from)
        row[field] = to
      }
      row['version'] = aggregate.version
    } else Object.assign(row, { isDeleted: true, version: aggregate.version })
  }
  return rows
}

async function told(organizationId: string, ...events: readonly EventDefinition[]): Promise<Envelope<Row>[]> {
  const envelopes = await Promise.all(events.map((event) => crm.emitted<typeof event>(event, organizationId)))
  return envelopes
    .flat()
    .map((envelope) => ({ ...envelope, data: z.record(z.string(), z.unknown()).parse(envelope.data) }))
    .toSorted((a, b) => a.aggregate.version - b.aggregate.version)
}

const rowsOf = async (table: string, columns: string, organizationId: string) =>
  new Map(
    (
      await crm.database.asAdmin(
        `select id, ${columns}, owner_id as "ownerId", version, deleted_at is not null as "isDeleted" from crm.${table} where organization_id = '${organizationId}'`,
      )
    ).map((row) => [String(row['id']), row]),
  )

it('folds the events of any history of companies and their people into the rows that it left', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (history) => {
      const agent = await crm.signIn()
      const { organizationId } = agent
      await live(agent, history)
      await crm.settle()
      const companies = await rowsOf(
        'company',
        'name, domains, website, phone, address, industry, size, note, tag_ids as "tagIds", parent_id as "parentId", custom',
        organizationId,
      )
      expect(companies).toEqual(fold(await told(organizationId, companyCreated, companyUpdated, companyDeleted), 'companyId'))
      const contacts = await rowsOf(
        'contact',
        `name, email, emails, phone, phones, telegrams, company, company_id as "companyId", preferred_channel as "preferredChannel", time_zone as "timeZone", language,
          consent, consent_on::text as "consentOn", consent_source as "consentSource", consent_note as "consentNote", position, note, tag_ids as "tagIds", source, custom`,
        organizationId,
      )
      expect(contacts).toEqual(fold(await told(organizationId, contactCreated, contactUpdated, contactDeleted), 'contactId'))

      const living = [...companies.values()].filter((row) => !row['isDeleted'])
      const domains = await crm.database.asAdmin(`select domain, company_id from crm.company_domain where organization_id = '${organizationId}' order by 1`)
      const owned = living.flatMap((row) =>
        z
          .array(z.string())
          .parse(row['domains'])
          .map((domain) => ({ domain, company_id: row['id'] })),
      )
      expect(domains).toEqual(owned.toSorted((a, b) => (a.domain < b.domain ? -1 : 1)))
      for (const contact of contacts.values()) {
        const linked = contact['companyId'] === null ? null : companies.get(String(contact['companyId']))
        if (linked) expect([linked['isDeleted'], contact['company']]).toEqual([false, linked['name']])
      }
    }),
    generated(20),
  )
}, 120_000)
