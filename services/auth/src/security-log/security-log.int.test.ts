import { createHash } from 'node:crypto'
import type { SecurityEvent } from '@ai-crm/contracts'
import { startService, type Agent } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import type { Ctx, PublicCtx } from '../ctx.ts'
import service from '../service.ts'
import { Browser, newPerson } from '../testing/browser.ts'
import { checkSecurityLogs } from './check-security-logs.ts'
import { recordSecurityEvent } from './record-security-event.ts'

const auth = await startService(service)
// The test service knows any definition, so its contexts are those of none; this one runs auth.
const ctxOf = (organizationId: string) => auth.ctx(organizationId, { type: 'system', id: null }) as Ctx
const publicCtx = () => auth.publicCtx() as PublicCtx

const append = (organizationId: string, from = 'a') =>
  ctxOf(organizationId).write(async (scope) => recordSecurityEvent(scope, { kind: 'flag.changed', about: { type: 'flag', id: 'x' }, details: { from } }))

async function logOf(agent: Agent, query = ''): Promise<SecurityEvent[]> {
  const { status, body } = await agent.get(`/security-log${query}`)
  expect(status).toBe(200)
  return body.items
}

/** An organisation with a chain of so many entries. */
async function withEntries(count: number): Promise<Agent> {
  const agent = await auth.signIn()
  for (let index = 0; index < count; index++) await append(agent.organizationId, String(index))
  return agent
}

const asOwner = (sql: string) =>
  auth.database.asAdmin(`alter table auth.security_event disable trigger all; alter table auth.security_event no force row level security;
    ${sql}; alter table auth.security_event enable trigger all; alter table auth.security_event force row level security`)

it('writes the entry with the change, or neither', async () => {
  const agent = await auth.signIn()
  const failing = ctxOf(agent.organizationId).write(async (scope) => {
    recordSecurityEvent(scope, { kind: 'flag.changed' })
    throw new Error('undone')
  })
  await expect(failing).rejects.toThrow('undone')
  expect(await logOf(agent)).toEqual([])
  await append(agent.organizationId)
  expect(await logOf(agent)).toMatchObject([{ sequence: 1, kind: 'flag.changed', about: { type: 'flag', id: 'x' }, actor: { type: 'system' } }])
})

it('keeps one chain without gaps however many append at once', async () => {
  const agent = await auth.signIn()
  await Promise.all(Array.from({ length: 100 }, (_, index) => append(agent.organizationId, String(index))))
  const entries = await logOf(agent, '?limit=100')
  expect(entries.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 100 }, (_, index) => 100 - index))
  expect((await agent.get('/security-log/verify')).body).toMatchObject({ isSound: true, checkedCount: 100, brokenSequence: null, lastHash: entries[0]?.hash })
})

it('tells who, from where, by what and in which request', async () => {
  const browser = new Browser(auth.app, '192.0.2.77')
  const { body } = await browser.post('/auth/sign-up', newPerson())
  await new Browser(auth.app, '192.0.2.78').post('/auth/sign-in', { email: body.me.user.email, password: 'wrong' })
  await browser.post('/auth/sign-out')
  const admin = await auth.signIn({ organizationId: body.me.organization.id })
  await expect.poll(async () => (await logOf(admin)).length).toBe(3)
  const entries = (await logOf(admin)).toSorted((left, right) => left.kind.localeCompare(right.kind))
  expect(entries).toMatchObject([
    { kind: 'session.sign-in-refused', actor: { type: 'system', id: null }, about: { id: body.me.user.id, name: 'Ada' }, address: '192.0.2.78' },
    { kind: 'session.signed-in', actor: { type: 'user', id: body.me.user.id, name: 'Ada' }, address: '192.0.2.77', requestId: expect.any(String) },
    { kind: 'session.signed-out', actor: { type: 'user', id: body.me.user.id }, userAgent: expect.any(String) },
  ])
})

it('can be checked from its export by whoever knows how the hash is made', async () => {
  const agent = await withEntries(3)
  const { raw, headers } = await agent.get(`/security-log/export.ndjson?${RANGE}`)
  expect(headers['content-type']).toBe('application/x-ndjson')
  const entries = raw
    .toString()
    .trim()
    .split('\n')
    .map((line): SecurityEvent => JSON.parse(line))
  // The fourth says that the log was exported, and is in the export.
  expect(entries.map(({ kind }) => kind)).toEqual(['flag.changed', 'flag.changed', 'flag.changed', 'security-log.exported'])
  let prev = '00'.repeat(32)
  for (const entry of entries) {
    expect(entry.prevHash).toBe(prev)
    expect(entry.hash).toBe(hashOf(agent.organizationId, entry))
    prev = entry.hash
  }
})

it.each([
  ['changed', 'update auth.security_event set details = \'{"from":"forged"}\' where sequence = 3', 3],
  [
    'changed together with its own hash',
    `update auth.security_event e set details = '{}', hash = auth.security_event_hash(row(e.organization_id, e.sequence,
    e.occurred_at, e.kind, e.actor_type, e.actor_id, e.about_type, e.about_id, e.address, e.user_agent, e.request_id, '{}', e.prev_hash, e.hash)::auth.security_event) where sequence = 3`,
    4,
  ],
  ['moved to another person', "update auth.security_event set actor_id = 'somebody' where sequence = 2", 2],
  ['removed', 'delete from auth.security_event where sequence = 4', 4],
  ['removed at the beginning', 'delete from auth.security_event where sequence = 1', 1],
])('names the first entry that was %s behind our back', async (_how, sql, sequence) => {
  const agent = await withEntries(5)
  await asOwner(sql.replace('where', `where organization_id = '${agent.organizationId}' and`))
  expect((await agent.get('/security-log/verify')).body).toMatchObject({ isSound: false, brokenSequence: sequence })
})

it('sees that entries were cut off at the end, or all rewritten, since the last daily check', async () => {
  const { body } = await new Browser(auth.app).post('/auth/sign-up', newPerson())
  const agent = await auth.signIn({ organizationId: body.me.organization.id })
  for (let index = 0; index < 3; index++) await append(agent.organizationId)
  await checkSecurityLogs(publicCtx())
  await asOwner(`delete from auth.security_event where organization_id = '${agent.organizationId}' and sequence > 2`)
  expect((await agent.get('/security-log/verify')).body).toMatchObject({ isSound: false, brokenSequence: 3, checkedCount: 2 })
  for (let index = 0; index < 3; index++) await append(agent.organizationId, 'forged')
  expect((await agent.get('/security-log/verify')).body).toMatchObject({ isSound: false, brokenSequence: 4 })
  await checkSecurityLogs(publicCtx())
  const [row] = await auth.database.asAdmin(`select sequence, broken_sequence from auth.security_log_check where organization_id = '${agent.organizationId}'`)
  expect(row).toEqual({ sequence: '4', broken_sequence: '4' })
})

it('cannot be changed by the service itself', async () => {
  const { organizationId } = await withEntries(1)
  const change = (sql: string) =>
    ctxOf(organizationId).write(({ db }) =>
      db.executeQuery({ sql, parameters: [], query: { kind: 'RawNode', sqlFragments: [sql], parameters: [] }, queryId: { queryId: sql } }),
    )
  await expect(change("update auth.security_event set kind = 'a.b'")).rejects.toThrow(/permission denied/)
  // Only behind the mark of an erasure, which this organisation does not have.
  await expect(change('delete from auth.security_event')).rejects.toThrow(/append-only/)
})

it('filters by kind, thing, person and time, page by page', async () => {
  const { body } = await new Browser(auth.app).post('/auth/sign-up', newPerson())
  const agent = await auth.signIn({ organizationId: body.me.organization.id })
  for (let index = 0; index < 4; index++) await append(agent.organizationId)
  expect(await logOf(agent, '?kind=session.signed-in')).toHaveLength(1)
  expect(await logOf(agent, '?thing=flag')).toHaveLength(4)
  expect(await logOf(agent, `?userId=${body.me.user.id}`)).toHaveLength(1)
  expect(await logOf(agent, `?from=${new Date(Date.now() + 60_000).toISOString()}`)).toEqual([])
  const first = await agent.get('/security-log?limit=2&thing=flag')
  const second = await agent.get(`/security-log?limit=2&thing=flag&cursor=${first.body.nextCursor}`)
  expect([...first.body.items, ...second.body.items].map(({ sequence }) => sequence)).toEqual([5, 4, 3, 2])
  expect(second.body.nextCursor).toBeNull()
  const stranger = await auth.signIn()
  expect((await stranger.get(`/security-log?cursor=${first.body.nextCursor}`)).status).toBe(400)
})

it('exports a spreadsheet in which nothing runs, and no more than a year', async () => {
  const agent = await auth.signIn()
  await ctxOf(agent.organizationId).write(async (scope) =>
    recordSecurityEvent(scope, { kind: 'flag.changed', about: { type: 'flag', id: '=HYPERLINK("http://x")' } }),
  )
  const { raw, headers } = await agent.get(`/security-log/export.csv?${RANGE}`)
  expect(headers['content-disposition']).toContain('attachment; filename="security-log-')
  expect(raw.toString()).toContain(`"'=HYPERLINK(""http://x"")"`)
  const tooLong = await agent.get('/security-log/export.csv?from=2020-01-01T00:00:00Z&to=2026-01-01T00:00:00Z')
  expect(tooLong).toMatchObject({ status: 400, body: { code: 'auth.security_log.range_invalid', errors: [{ field: 'query/to' }] } })
})

it('streams a log that is longer than one read', async () => {
  const agent = await auth.signIn()
  await auth.database.asAdmin(`set app.organization_id = '${agent.organizationId}'; do $$ begin
    for n in 1..1200 loop perform auth.append_security_event('flag.changed', 'system', null, null, null, null, null, null, '{}'); end loop; end $$; reset app.organization_id`)
  const { raw } = await agent.get(`/security-log/export.ndjson?${RANGE}`)
  expect(raw.toString().trim().split('\n')).toHaveLength(1201)
  expect((await agent.get('/security-log/verify')).body).toMatchObject({ isSound: true, checkedCount: 1201 })
})

it('hides the log from another organisation', async () => {
  const [ours, theirs] = [await withEntries(2), await auth.signIn()]
  expect(await logOf(theirs)).toEqual([])
  expect((await theirs.get(`/security-log/export.ndjson?${RANGE}`)).raw.toString()).not.toContain(ours.organizationId)
  expect((await theirs.get('/security-log/verify')).body).toMatchObject({ isSound: true, checkedCount: 1 })
})

it('needs the permission', async () => {
  const member = await auth.signIn({ role: 'member' })
  for (const path of ['/security-log', '/security-log/verify', `/security-log/export.csv?${RANGE}`, `/security-log/export.ndjson?${RANGE}`])
    expect((await member.get(path)).status).toBe(403)
})

const RANGE = `from=${new Date(Date.now() - 86_400_000).toISOString()}&to=${new Date(Date.now() + 86_400_000).toISOString()}`

/** As docs/adr/0012 says: netstrings of the parts, after the hash before them. */
function hashOf(organizationId: string, entry: SecurityEvent): string {
  const { sequence, occurredAt, kind, actor, about, address, userAgent, requestId, details } = entry
  const parts = [
    organizationId,
    String(sequence),
    occurredAt,
    kind,
    actor.type,
    actor.id,
    about?.type ?? null,
    about?.id ?? null,
    address,
    userAgent,
    requestId,
    JSON.stringify(details),
  ]
  const text = parts.map((part) => (part === null ? '-,' : `${Buffer.byteLength(part)}:${part},`)).join('')
  return createHash('sha256').update(Buffer.from(entry.prevHash, 'hex')).update(text).digest('hex')
}
