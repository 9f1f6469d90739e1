import { allEndpoints, EVERY_RECORD_PERMISSIONS, RECORD_SCOPES, type RecordScope } from '@ai-crm/contracts'
import type { Agent } from '@ai-crm/testing'
import { fittingValues } from '@ai-crm/testing/http/arbitrary-of-schema'
import { expect, it } from 'vitest'
import { injected, operations, type Operation } from './product-fixture.ts'
import { OWNERS, startScopedProduct, type Owner, type Records } from './record-scopes-fixture.ts'

const { service, owner, records, asker } = await startScopedProduct()

interface Reach {
  readonly read: RecordScope
  readonly write: RecordScope
}
const reaches: readonly Reach[] = RECORD_SCOPES.flatMap((read, limit) => RECORD_SCOPES.slice(0, limit + 1).map((write) => ({ read, write })))

const REACHED: Readonly<Record<RecordScope, readonly Owner[]>> = { own: ['asker'], team: ['asker', 'mate', 'nobody'], all: OWNERS }
const askers = new Map<Reach, Agent>()
for (const reach of reaches) askers.set(reach, await asker({ contact: reach, company: reach, deal: reach, conversation: reach }))
const agentOf = (reach: Reach): Agent => askers.get(reach) ?? owner

/** Every operation whose path names a record, or something that hangs on one. A new one is tried without being listed. */
const RECORD_PARAMETERS: readonly (keyof Records)[] = ['contactId', 'companyId', 'dealId', 'conversationId', 'messageId', 'draftId', 'localMailId']
const names = (operation: Operation) => operation.parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name)
/** What nobody may who does not read every record (ADR 20): authorization.test.ts takes it from all of them. */
const OF_EVERYTHING = new Set(allEndpoints.filter(({ access }) => EVERY_RECORD_PERMISSIONS.has(access)).map(({ name }) => name))
const ofRecords = operations
  .filter(({ operationId }) => !OF_EVERYTHING.has(operationId))
  .filter((operation) => names(operation).some((name) => RECORD_PARAMETERS.some((record) => record === name)))

/** What changes nothing of the record: the mark is the reader's own, and the customer's answer comes from outside. */
const ALSO_READING = new Set(['markConversationRead', 'answerLocalMail'])
const isReading = ({ method, operationId }: Operation): boolean => method === 'GET' || ALSO_READING.has(operationId)

/** Decisions about what we sent; the others are tried on what the customer wrote. */
const OF_REPLIES = new Set(['cancelMessage', 'resolveMessage'])

async function heard(operation: Operation, agent: Agent, ids: Records, body: unknown) {
  const messageId = OF_REPLIES.has(operation.operationId) ? ids.replyId : ids.messageId
  const known = new Map(Object.entries({ ...ids, messageId, index: '0' }))
  const params = Object.fromEntries(names(operation).map((name) => [name, known.get(name)]))
  const answer = await service.app.inject(injected(operation, agent.token, { params, body, version: 1 }))
  const isJson = /json/.test(String(answer.headers['content-type']))
  const { requestId: _requestId, ...shown } = isJson ? answer.json() : { text: answer.body }
  const text = Object.values(ids).reduce((all, id) => all.replaceAll(id, ''), JSON.stringify(shown))
  return { status: answer.statusCode, code: isJson ? shown.code : undefined, text }
}

const nobodys = (): Records => {
  const id = crypto.randomUUID()
  return { contactId: id, companyId: id, dealId: id, conversationId: id, messageId: id, replyId: id, attachmentId: id, draftId: id, localMailId: id }
}

/** A body that the operation accepts: anything but 400 for an id that nobody has. */
async function acceptedBody(operation: Operation): Promise<unknown> {
  if (!operation.body) return undefined
  for (const body of fittingValues(operation.body, { seed: 1, most: 200 })) if ((await heard(operation, owner, nobodys(), body)).status !== 400) return body
  throw new Error(`No body for ${operation.operationId} was found.`)
}

it('knows the operations on records', () => {
  expect(ofRecords.length).toBeGreaterThanOrEqual(25)
})

it.each(ofRecords.map((operation) => [operation.operationId, operation] as const))(
  '%s: what is out of sight is missing, what may only be read is locked, the rest is open',
  async (_name, operation) => {
    const body = await acceptedBody(operation)
    for (const reach of reaches) {
      const agent = agentOf(reach)
      const missing = await heard(operation, agent, nobodys(), body)
      expect(missing.status).toBe(404)
      for (const whose of OWNERS) {
        const isSeen = REACHED[reach.read].includes(whose)
        const isOpen = isSeen && (isReading(operation) || REACHED[reach.write].includes(whose))
        // Deleting is tried where it must fail; crm's own tests see it succeed.
        if (isOpen && operation.method === 'DELETE') continue
        const answer = await heard(operation, agent, records[whose], body)
        const outcome = answer.text === missing.text && answer.status === 404 ? 'missing' : answer.code === 'platform.record_locked' ? 'locked' : 'open'
        expect({ reach, whose, outcome, answer }).toMatchObject({ reach, whose, outcome: isOpen ? 'open' : isSeen ? 'locked' : 'missing' })
        if (outcome === 'locked') expect(answer.status).toBe(403)
      }
    }
  },
  60_000,
)

const ids = (items: readonly Record<string, string>[], field: string): string[] => [...new Set(items.map((item) => item[field] ?? ''))].toSorted()

it.each(reaches.filter(({ read, write }) => read === write).map((reach) => [reach.read, reach] as const))(
  'whoever reads %s finds exactly that in every list, search and count',
  async (scope, reach) => {
    const agent = agentOf(reach)
    const seen = REACHED[scope]
    const expected = (name: keyof Records) => seen.map((whose) => records[whose][name]).toSorted()
    const list = async (path: string) => (await agent.get(path)).body.items
    expect(ids(await list('/contacts'), 'id')).toEqual(expected('contactId'))
    expect(ids(await list('/contacts?search=customer'), 'id')).toEqual(expected('contactId'))
    expect(ids(await list('/companies'), 'id')).toEqual(expected('companyId'))
    expect(ids(await list('/companies?search=customer'), 'id')).toEqual(expected('companyId'))
    expect(ids(await list('/deals'), 'id')).toEqual(expected('dealId'))
    expect(ids(await list('/deals?search=customer'), 'id')).toEqual(expected('dealId'))
    expect(ids(await list('/conversations?folder=all'), 'id')).toEqual(expected('conversationId'))
    expect(ids(await list('/conversations?folder=all&search=secret'), 'id')).toEqual(expected('conversationId'))
    expect(ids(await list('/drafts'), 'conversationId')).toEqual(expected('conversationId'))
    expect(ids(await list('/local-mailbox'), 'conversationId')).toEqual(expected('conversationId'))
    expect((await agent.get('/conversations/counts')).body).toMatchObject({ open: seen.length, unassigned: seen.includes('nobody') ? 1 : 0, mine: 1 })
    for (const whose of OWNERS) {
      const found = await list(`/conversations?folder=all&contactId=${records[whose].contactId}`)
      expect(found).toHaveLength(seen.includes(whose) ? 1 : 0)
      expect((await list(`/drafts?conversationId=${records[whose].conversationId}`)).length > 0).toBe(seen.includes(whose))
    }
  },
)

it('tells in the story of a contact only what was said in conversations that may be read', async () => {
  const story = async (agent: Agent, whose: Owner) => (await agent.get(`/contacts/${records[whose].contactId}/timeline`)).body.items
  const types = (items: { type: string }[]) => [...new Set(items.map(({ type }) => type.split('.')[0]))].toSorted()
  const everyContact = await asker({ conversation: { read: 'own', write: 'own' } })
  expect(types(await story(everyContact, 'stranger'))).toEqual(['contact'])
  expect(types(await story(everyContact, 'asker'))).toEqual(['ai', 'contact', 'message'])
  expect(types(await story(owner, 'stranger'))).toEqual(['ai', 'contact', 'message'])
})
