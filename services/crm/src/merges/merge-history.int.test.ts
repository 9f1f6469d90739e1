import { MERGE_CHOICES, type MergeRecord } from '@ai-crm/contracts'
import { startService, type Agent } from '@ai-crm/testing'
import { generated } from '@ai-crm/testing/generated'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import service from '../service.ts'

const crm = await startService(service)

const nullable = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null })
const nth = fc.nat(2)

/** By kind of record: how it may be filled, and what belongs to the nth of them. */
const KINDS = {
  contact: {
    path: '/contacts',
    merges: '/contact-merges',
    body: fc.record({
      name: fc.constantFrom('Ada', 'A. Lovelace'),
      emails: fc.uniqueArray(fc.constantFrom('work', 'home', 'old'), { maxLength: 2 }),
      phones: fc.array(fc.constantFrom('+44 20 7946 0958', '8 (900) 123-45-67'), { maxLength: 2 }).map((numbers) => numbers.map((number) => ({ number }))),
      company: nullable(fc.constantFrom('Acme', 'Bolt')),
      note: nullable(fc.constantFrom('Likes engines', 'Calls back')),
      consent: fc.constantFrom(null, 'given', 'withdrawn'),
      custom: nullable(fc.constantFrom('Chess', 'Go')),
    }),
    /** Addresses are one contact's only. */
    bodyOf: ({ emails, ...body }: Record<string, unknown>, at: number) => ({
      ...body,
      emails: (emails as string[]).map((name) => ({ address: `${name}@${at}.example` })),
    }),
    children: [
      ['/tasks', (id: string) => ({ title: 'Call', contactId: id })],
      ['/record-notes', (id: string) => ({ body: 'Met', contactId: id })],
      [
        '/deals',
        (id: string, other: string) => ({
          title: 'Of two',
          contacts:
            id === other
              ? [{ contactId: id, role: 'Pays' }]
              : [
                  { contactId: other, role: 'Signs' },
                  { contactId: id, role: 'Pays' },
                ],
        }),
      ],
    ],
  },
  company: {
    path: '/companies',
    merges: '/company-merges',
    body: fc.record({
      name: fc.constantFrom('Acme', 'Acme Ltd'),
      domains: fc.uniqueArray(fc.constantFrom('a', 'b'), { maxLength: 2 }),
      industry: nullable(fc.constantFrom('Anvils', 'Rockets')),
      phone: nullable(fc.constant('+44 20 7946 0958')),
      note: nullable(fc.constantFrom('Big', 'Small')),
      custom: nullable(fc.constantFrom('Chess', 'Go')),
    }),
    bodyOf: ({ domains, ...body }: Record<string, unknown>, at: number) => ({ ...body, domains: (domains as string[]).map((name) => `${name}${at}.example`) }),
    children: [
      ['/tasks', (id: string) => ({ title: 'Call', companyId: id })],
      ['/record-notes', (id: string) => ({ body: 'Met', companyId: id })],
      ['/deals', (id: string) => ({ title: 'Turbines', companyId: id })],
      ['/contacts', (id: string) => ({ name: 'Eve', companyId: id })],
      ['/companies', (id: string) => ({ name: 'Daughter', parentId: id })],
    ],
  },
} as const

const history = (kind: MergeRecord) =>
  fc.record({
    records: fc.tuple(...[0, 1, 2].map(() => KINDS[kind].body as fc.Arbitrary<Record<string, unknown>>)),
    children: fc.array(fc.record({ which: fc.nat(KINDS[kind].children.length - 1), of: nth, other: nth }), { maxLength: 5 }),
    merges: fc.array(fc.record({ into: nth, from: nth, take: fc.subarray([...MERGE_CHOICES[kind]]) }), { minLength: 1, maxLength: 2 }),
    /** Whose note somebody writes after the merges. */
    edited: nullable(nth),
    isReversed: fc.boolean(),
  })

/** What is there, but for what counts changes and orders them. */
async function seen(agent: Agent, paths: readonly string[]): Promise<Map<string, unknown>> {
  const answers = await Promise.all(paths.map(async (path) => [path, await agent.get(path)] as const))
  return new Map(
    answers.map(([path, { status, body }]) => {
      const { version: _version, updatedAt: _updatedAt, lastActivityAt: _active, personCount: _people, ...state } = body
      return [path, status === 200 ? state : status]
    }),
  )
}

it.each(['contact', 'company'] as const)(
  'gives everything back, whichever of any %s records were merged and in whatever order that is undone, but for what was written since',
  async (kind) => {
    const { path, merges: mergesPath, bodyOf, children } = KINDS[kind]
    await fc.assert(
      fc.asyncProperty(history(kind), async ({ records, children: wanted, merges, edited, isReversed }) => {
        const agent = await crm.signIn()
        const { id: fieldId } = (await agent.post('/fields', { record: kind, kind: 'text', label: 'Hobby' })).body
        const make = async (at: string, body: object): Promise<string> => {
          const made = await agent.post(at, body)
          expect(made.status, JSON.stringify(made.body)).toBe(201)
          return made.body.id
        }
        const ids: string[] = []
        for (const [at, { custom, ...body }] of records.entries())
          ids.push(await make(path, bodyOf({ ...body, custom: custom === null ? {} : { [fieldId]: custom } }, at)))
        const idOf = (at: number) => ids[at] ?? ''
        const places = ids.map((id) => `${path}/${id}`)
        for (const { which, of, other } of wanted) {
          const [at, body] = children[which] ?? children[0]
          places.push(`${at}/${await make(at, body(idOf(of), idOf(other)))}`)
        }
        await crm.settle()
        const before = await seen(agent, places)

        const made: string[] = []
        const versionOf = async (id: string) => (await agent.get(`${path}/${id}`)).body.version ?? 1
        for (const { into, from, take } of merges) {
          const body = { otherId: idOf(from), otherVersion: await versionOf(idOf(from)), take }
          const answer = await agent.post(`${path}/${idOf(into)}/merge`, body, { 'if-match': `"${await versionOf(idOf(into))}"` })
          if (answer.status === 200) made.push(answer.body.id)
        }
        await crm.settle()
        const editedPath = edited === null ? null : `${path}/${idOf(edited)}`
        const isEdited =
          editedPath !== null && (await agent.patch(editedPath, { note: 'Written since' }, { version: await versionOf(idOf(edited ?? 0)) })).status === 200

        // A chain comes apart from its end: what cannot go yet goes afterwards.
        const order = isReversed ? made.toReversed() : made
        const undone = new Set<string>()
        for (const mergeId of [...order, ...order]) {
          const { status, body } = await agent.post(`${mergesPath}/${mergeId}/undo`)
          expect([200, 409], JSON.stringify(body)).toContain(status)
          if (status === 200) undone.add(mergeId)
          await crm.settle()
        }
        expect(undone).toEqual(new Set(made))
        const expected = new Map(before)
        if (isEdited) expected.set(editedPath, { ...(before.get(editedPath) as object), note: 'Written since' })
        expect(await seen(agent, places)).toEqual(expected)
      }),
      generated(4),
    )
  },
  180_000,
)
