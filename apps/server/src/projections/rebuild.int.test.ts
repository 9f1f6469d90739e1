import ai from '@ai-crm/ai'
import auth from '@ai-crm/auth'
import { contactCreated, FIRST_STAGES, messageReceived } from '@ai-crm/contracts'
import crm from '@ai-crm/crm'
import messaging from '@ai-crm/messaging'
import { rebuildProjection, type Projection } from '@ai-crm/platform'
import { signUp, startService, type Agent } from '@ai-crm/testing'
import { sendCustomerMails } from '@ai-crm/testing/fakes/customer-mail'
import { freePort } from '@ai-crm/testing/servers'
import { generated } from '@ai-crm/testing/generated'
import pipeline from '@ai-crm/pipeline'
import fc from 'fast-check'
import webhook from '@ai-crm/webhook'
import websocket from '@ai-crm/websocket'
import { expect, it } from 'vitest'
import { liveAs } from '../persons/lived-person.fixture.ts'

const smtpPort = await freePort()
const product = await startService(auth, {
  together: [crm, messaging, ai, webhook, pipeline, websocket],
  environment: { SMTP_PORT: String(smtpPort), SEND_UNDO_SECONDS: '0' },
})
const signal = new AbortController().signal

async function found(name: string): Promise<{ owner: Agent; organizationId: string }> {
  const { me } = await signUp(product, { organizationName: name, name: 'Olga', email: `olga.${name}@people.example`, password: 'correct horse battery' })
  await product.settle()
  const organizationId = me.organization.id
  return { organizationId, owner: await product.signIn({ organizationId, userId: me.user.id }) }
}

function runtimeOf(service: string) {
  const runtime = product.runtimes.get(service)
  if (!runtime) throw new Error(`${service} does not run.`)
  return runtime
}

const rebuild = (service: string, projection: Projection, organizationId: string) =>
  rebuildProjection({ runtime: runtimeOf(service), projection, organizationId, sources: product.runtimes, limits: { signal, log: runtimeOf(service).log } })

const everyRow = async (service: string, { tables }: Projection, organizationId: string) =>
  Object.fromEntries(
    await Promise.all(
      tables.map(async (table) => {
        const rows = await product.database.asAdmin(
          `select to_jsonb(t) as row from ${service}.${table} t where organization_id = '${organizationId}' order by to_jsonb(t)::text`,
        )
        return [table, rows.map(({ row }) => row)] as const
      }),
    ),
  )

const projections = [...product.runtimes].flatMap(([service, { definition }]) =>
  (definition.projections ?? []).map((projection) => [`${service}.${projection.name}`, service, projection] as const),
)
const [timeline] = crm.projections ?? []
if (!timeline) throw new Error('CRM has no timeline.')

const step = fc.record({
  kind: fc.constantFrom('open', 'move', 'move', 'move', 'amount', 'delete', 'restore', 'operation', 'undo', 'merge', 'part', 'team', 'note', 'task'),
  nth: fc.nat(5),
  other: fc.nat(5),
  stage: fc.constantFrom(...FIRST_STAGES.map(({ id }) => id)),
})

/** Does what can be done of a generated history: what the rules refuse leaves nothing to fold. */
async function liveThrough(owner: Agent, history: readonly (typeof step extends fc.Arbitrary<infer Step> ? Step : never)[]): Promise<void> {
  const ids = { deal: new Array<string>(), contact: new Array<string>(), operation: new Array<string>(), merge: new Array<string>(), team: new Array<string>() }
  const make = async (kind: keyof typeof ids, path: string, body: object, headers = {}) => {
    const answer = await owner.post(path, body, headers)
    if (answer.status < 300) ids[kind].push(answer.body.id)
  }
  const pick = (kind: keyof typeof ids, nth: number) => ids[kind][nth % Math.max(ids[kind].length, 1)] ?? crypto.randomUUID()
  const versionOf = async (path: string) => (await owner.get(path)).body.version ?? 1
  const many = (of: readonly string[], action: object) => make('operation', '/record-operations', { record: 'deal', selection: { ids: of }, action })
  for (const name of ['Ada', 'A. Lovelace', 'Eve']) await make('contact', '/contacts', { name })
  for (const { kind, nth, other, stage } of history) {
    const [deal, contact] = [`/deals/${pick('deal', nth)}`, pick('contact', nth)]
    if (kind === 'open')
      await make('deal', '/deals', { title: 'Turbines', stage, amountMinor: 100 * nth, currency: 'EUR', contacts: [{ contactId: contact, role: null }] })
    else if (kind === 'move') await owner.patch(deal, { stage, ...(stage === 'lost' ? { lostReason: 'Price' } : {}) }, { version: await versionOf(deal) })
    else if (kind === 'amount')
      await owner.patch(deal, { amountMinor: other, currency: 'EUR', expectedCloseOn: '2027-01-31' }, { version: await versionOf(deal) })
    else if (kind === 'delete') await owner.delete(deal)
    else if (kind === 'restore') await many([pick('deal', nth)], { do: 'restore' })
    else if (kind === 'operation') await many([...new Set([pick('deal', nth), pick('deal', other)])], { do: 'change', set: { stage } })
    else if (kind === 'undo') await make('operation', `/record-operations/${pick('operation', nth)}/undo`, {})
    else if (kind === 'part') await owner.post(`/contact-merges/${pick('merge', nth)}/undo`)
    else if (kind === 'team') await make('team', '/teams', { name: `Team ${ids.team.length}`, memberIds: [owner.userId] })
    else if (kind === 'note') await owner.post('/record-notes', { body: 'Met', contactId: contact })
    else if (kind === 'task') await owner.post('/tasks', { title: 'Call', contactId: contact })
    else {
      const otherId = pick('contact', other)
      const versions = { otherId, otherVersion: await versionOf(`/contacts/${otherId}`), take: [] }
      await make('merge', `/contacts/${contact}/merge`, versions, { 'if-match': `"${await versionOf(`/contacts/${contact}`)}"` })
    }
    await product.settle()
  }
}

it('makes every projection anew as it is after any history', { timeout: 300_000 }, async () => {
  let lived = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 16 }), async (history) => {
      const { owner, organizationId } = await found(`generated${lived++}`)
      await liveThrough(owner, history)
      for (const [name, service, projection] of projections) {
        const before = await everyRow(service, projection, organizationId)
        await rebuild(service, projection, organizationId)
        expect(await everyRow(service, projection, organizationId), name).toEqual(before)
      }
    }),
    generated(4),
  )
})

it('makes every projection anew as it is, after people, merges and separations, and leaves the others alone', { timeout: 300_000 }, async () => {
  const [ours, theirs] = [await found('rebuilt'), await found('bystander')]
  for (const { owner } of [ours, theirs]) {
    await liveAs({ product, smtpPort, owner }, owner === ours.owner ? 'zqxmark' : 'vwymark')
    const parted = await liveAs({ product, smtpPort, owner }, 'parted')
    const { body: deal } = await owner.post('/deals', { title: 'Moved', amountMinor: 100, currency: 'EUR' })
    for (const [version, stage] of ['qualified', 'new', 'won', 'proposal'].entries())
      await owner.patch(`/deals/${deal.id}`, { stage }, { version: version + 1 })
    expect((await owner.patch(`/deals/${deal.id}`, { amountMinor: 200 }, { version: 5 })).status).toBe(200)
    const { body: team } = await owner.post('/teams', { name: 'North', memberIds: [owner.userId] })
    expect(team.memberIds).toEqual([owner.userId])
    const [newest] = (await owner.get('/contact-merges')).body.items
    const undone = await owner.post(`/contact-merges/${newest.id}/undo`)
    expect([parted.name, undone.status], JSON.stringify(undone.body)).toEqual(['Anna parted', 200])
  }
  await product.settle()
  for (const [name, service, projection] of projections) {
    const [before, beside] = [await everyRow(service, projection, ours.organizationId), await everyRow(service, projection, theirs.organizationId)]
    for (const table of projection.tables) {
      expect(before[table]?.length, `${name} ${table}`).toBeGreaterThan(0)
    }
    await product.database.asAdmin(`delete from ${service}.${projection.tables.at(-1)} where organization_id = '${ours.organizationId}'`)
    const { folded, empty } = await rebuild(service, projection, ours.organizationId)
    expect(folded, name).toBeGreaterThan(0)
    expect(empty, name).toBe(0)
    expect(await everyRow(service, projection, ours.organizationId), name).toEqual(before)
    expect(await everyRow(service, projection, theirs.organizationId), name).toEqual(beside)
  }
})

it('loses nothing of what comes meanwhile, and gives nothing up', { timeout: 300_000 }, async () => {
  const { owner, organizationId } = await found('busy')
  const channel = (await owner.get('/channels')).body.items[0]
  const mails = (round: number) =>
    Array.from({ length: 10 }, (_, index) => {
      const email = `busy${round}-${index}@customers.example`
      return { envelope: { from: email, to: [channel.address] }, from: email, to: channel.address, subject: `Busy ${round} ${index}`, text: 'Hello' }
    })
  const coming = (async () => {
    for (let round = 0; round < 3; round++) await sendCustomerMails(smtpPort, mails(round))
  })()
  for (let round = 0; round < 3; round++) await rebuild('crm', timeline, organizationId)
  await coming
  await product.settle()
  await expect.poll(() => product.database.asAdmin('select consumer, reason from crm.parked_event'), { timeout: 60_000 }).toEqual([])
  await product.settle()
  const received = await product.emitted(messageReceived, organizationId)
  const told = await product.database.asAdmin(`select id from crm.timeline_entry where organization_id = '${organizationId}' and type = 'message.received'`)
  expect(received).toHaveLength(30)
  expect(told.map(({ id }) => id).toSorted()).toEqual(received.map(({ id }) => id).toSorted())
  const before = await everyRow('crm', timeline, organizationId)
  await rebuild('crm', timeline, organizationId)
  expect(await everyRow('crm', timeline, organizationId)).toEqual(before)
})

it('lets what comes meanwhile wait without charging it, and tells it afterwards', { timeout: 120_000 }, async () => {
  const { owner, organizationId } = await found('waiting')
  const parked = () => product.database.asAdmin(`select attempts from crm.parked_event where organization_id = '${organizationId}'`)
  const pausing = runtimeOf('crm').openUnit(
    { organizationId, actor: { type: 'system', id: null }, correlationId: 'test', causationId: null, depth: 0, trace: null },
    { signal, log: runtimeOf('crm').log },
  )
  await pausing.batch([{ text: 'select pause_consumers()', values: [] }])
  const { body: deal } = await owner.post('/deals', { title: 'Meanwhile' })
  await expect.poll(parked, { timeout: 30_000 }).toEqual([{ attempts: 0 }])
  expect((await owner.get(`/deals/${deal.id}/timeline`)).body.items).toEqual([])
  await pausing.rollback()
  await expect.poll(async () => (await owner.get(`/deals/${deal.id}/timeline`)).body.items.length, { timeout: 30_000 }).toBe(1)
  expect(await parked()).toEqual([])
})

it('brings nobody back who is erased here, though others have not emptied their logs yet', { timeout: 120_000 }, async () => {
  const { owner, organizationId } = await found('forgetful')
  const person = await liveAs({ product, smtpPort, owner }, 'forgotten')
  await product.database.asAdmin(
    [person.contactId, person.conversationId]
      .map((id) => `insert into crm.erased_aggregate (organization_id, id, erasure_id) values ('${organizationId}', '${id}', gen_random_uuid())`)
      .join(';'),
  )
  expect((await rebuild('crm', timeline, organizationId)).empty).toBeGreaterThan(5)
  const kept = await product.database.asAdmin(
    `select type from crm.timeline_entry where organization_id = '${organizationId}' and (contact_id = '${person.contactId}' or conversation_id = '${person.conversationId}')`,
  )
  expect(kept).toEqual([])
})

it('changes nothing when it does not come to its end', async () => {
  const { owner, organizationId } = await found('halted')
  expect((await owner.post('/contacts', { name: 'Ada' })).status).toBe(201)
  await product.settle()
  const before = await everyRow('crm', timeline, organizationId)
  const broken: Projection = { ...timeline, folds: [{ event: contactCreated, handle: () => Promise.reject(new Error('broken')) }] }
  await expect(rebuild('crm', broken, organizationId)).rejects.toThrow('broken')
  expect(await everyRow('crm', timeline, organizationId)).toEqual(before)
  const emitting: Projection = { ...timeline, folds: [{ event: contactCreated, handle: (scope: { emit(event: object): Promise<void> }) => scope.emit({}) }] }
  await expect(rebuild('crm', emitting, organizationId)).rejects.toThrow('nothing else')
  expect(await everyRow('crm', timeline, organizationId)).toEqual(before)
})

it('folds every event that the consumers of the timeline hear', () => {
  const told = crm.consumers.filter(({ name }) => /^crm\.(?:record-|link-conversation|note-assignee)/.test(name)).map(({ event }) => event.type)
  expect(timeline.folds.map(({ event }) => event.type).toSorted()).toEqual([...new Set(told)].toSorted())
})
