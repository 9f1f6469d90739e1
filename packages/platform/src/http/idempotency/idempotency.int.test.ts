import { defineEndpoints, markRecord, type CustomGrant } from '@ai-crm/contracts'
import { createTestDatabase } from '@ai-crm/testing/database'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { kyselyFor } from '../../db/kysely-for.ts'
import { AppError, notFound } from '../../errors.ts'
import type { ServiceRuntime } from '../../runtime/runtime.ts'
import { serviceKit, type Route } from '../../service.ts'
import { createApp } from '../create-app.ts'
import { createBareRuntime, createTestTokens, silentLog } from '@ai-crm/testing/http'
import { mountService } from '../mount-service.ts'
import { purgeIdempotencyKeys } from './purge-idempotency-keys.ts'

const database = await createTestDatabase()
await database.asAdmin(`set role crm_owner; set search_path = crm;
  create table effect (organization_id uuid not null default platform.current_organization(), id uuid default platform.uuid_v7(), note text not null, primary key (organization_id, id));
  select platform.protect_tenant_table('effect');
  grant select, insert on effect to crm_app`)
const crm = await database.open('crm')

const endpoints = defineEndpoints('crm', {
  act: {
    method: 'POST',
    path: '/things/:thing/acts',
    summary: 'Act',
    access: 'crm.contact.create',
    idempotency: 'key',
    status: 201,
    concurrency: 'etag',
    params: z.object({ thing: z.string() }),
    body: z.object({ note: z.string(), mood: z.string().default('calm') }),
    response: markRecord('contact', z.object({ note: z.string(), version: z.number() })),
  },
})
interface Tables {
  effect: { note: string }
}
const kit = serviceKit<Tables>()('crm', {})

/** What the handler does after its effect; each test sets its own. */
let afterEffect: (note: string) => Promise<void> = async () => {}
const act = kit.handle(endpoints.act, (ctx, { body }) =>
  ctx.write(async ({ db }) => {
    await db.insertInto('effect').values({ note: body.note }).execute()
    await afterEffect(body.note)
    return { note: body.note, version: 4 }
  }),
)

/** The runtime's promise about a unit, and nothing else: all writes join one transaction. */
function createUnitRuntime(routes: readonly Route[]): ServiceRuntime {
  return {
    ...createBareRuntime(routes),
    openUnit(origin, limits) {
      const transaction = crm.begin(origin)
      const scope = { db: kyselyFor<unknown>((statement) => transaction.query(statement)) }
      // The handler of this test uses `write` alone.
      const ctx = { ...origin, ...limits, write: (work: (given: typeof scope) => Promise<unknown>) => work(scope) } as never
      return {
        ctx,
        scope: scope as never,
        join: () => ({ ctx, scope: scope as never }),
        batch: (statements) => transaction.batch(statements),
        defer: (statement) => transaction.defer(statement),
        commit: () => transaction.commit(),
        rollback: () => transaction.rollback(),
      }
    },
  }
}

const tokens = await createTestTokens()
const app = createApp({ log: silentLog })
mountService(app, { runtime: createUnitRuntime([act]), verifier: tokens.verifier, validateResponses: true })
const { authorization } = await tokens.bearer('member')

async function send(key: string | undefined, body: object, options: { authorization?: string; thing?: string } = {}) {
  const answer = await app.inject({
    method: 'POST',
    url: `/api/v1/things/${options.thing ?? 'a'}/acts`,
    payload: body,
    headers: { authorization: options.authorization ?? authorization, ...(key === undefined ? {} : { 'idempotency-key': key }) },
  })
  return {
    status: answer.statusCode,
    text: answer.body,
    etag: answer.headers['etag'],
    replayed: answer.headers['idempotency-replayed'],
    retryAfter: answer.headers['retry-after'],
  }
}
const effects = async (note: string) => (await database.asAdmin(`select 1 from crm.effect where note = '${note}'`)).length

it('refuses a request without a key or with an unprintable one', async () => {
  expect(await send(undefined, { note: 'keyless' })).toMatchObject({ status: 400 })
  expect(await send('two words', { note: 'keyless' })).toMatchObject({ status: 400 })
  expect(await send('x'.repeat(256), { note: 'keyless' })).toMatchObject({ status: 400 })
  expect(await effects('keyless')).toBe(0)
})

it('answers a repeat with the same status, body and ETag, and does nothing', async () => {
  const first = await send('k-repeat', { note: 'once' })
  expect(first).toMatchObject({ status: 201, etag: '"4"', replayed: undefined })
  expect(await send('k-repeat', { note: 'once' })).toEqual({ ...first, replayed: 'true' })
  expect(await effects('once')).toBe(1)
})

it('has one effect of 50 requests at once; the others are told to wait, then get the same answer', async () => {
  afterEffect = () => new Promise((resolve) => setTimeout(resolve, 100))
  const answers = await Promise.all(Array.from({ length: 50 }, () => send('k-parallel', { note: 'parallel' })))
  afterEffect = async () => {}
  const fresh = answers.filter(({ status, replayed }) => status === 201 && replayed === undefined)
  const waiting = answers.filter(({ status }) => status === 409)
  const replayed = answers.filter(({ replayed: isReplay }) => isReplay === 'true')
  expect(fresh).toHaveLength(1)
  expect(waiting.length).toBeGreaterThan(0)
  expect(waiting.every(({ retryAfter }) => retryAfter === '1')).toBe(true)
  expect(fresh.length + waiting.length + replayed.length).toBe(50)
  expect((await send('k-parallel', { note: 'parallel' })).text).toBe(fresh[0]?.text)
  expect(await effects('parallel')).toBe(1)
})

it('refuses the key for another body or another thing, but not for the same body written differently', async () => {
  await send('k-other', { note: 'a', mood: 'x' })
  expect(await send('k-other', { note: 'b', mood: 'x' })).toMatchObject({ status: 422 })
  expect(await send('k-other', { note: 'a', mood: 'x' }, { thing: 'b' })).toMatchObject({ status: 422 })
  expect(await send('k-other', { mood: 'x', note: 'a' })).toMatchObject({ status: 201, replayed: 'true' })
})

it('lets other people and other organisations use the same key', async () => {
  await send('k-shared', { note: 'shared' })
  const stranger = await tokens.bearer('member')
  expect(await send('k-shared', { note: 'shared' }, stranger)).toMatchObject({ status: 201, replayed: undefined })
  const colleague = await tokens.bearer('member', { organizationId: stranger.principal.organizationId })
  expect(await send('k-shared', { note: 'shared' }, colleague)).toMatchObject({ status: 201, replayed: undefined })
  expect(await effects('shared')).toBe(3)
})

it('does not let the same person wait in one organisation for what they do in another', async () => {
  const here = await tokens.bearer('member')
  const there = await tokens.bearer('member', { ...here.principal, organizationId: crypto.randomUUID() })
  const bothRun = Promise.withResolvers<void>()
  let running = 0
  afterEffect = async () => {
    running += 1
    if (running === 2) bothRun.resolve()
    await bothRun.promise
  }
  const once = (who: typeof here) => send('k-two-places', { note: 'two places' }, who).finally(() => bothRun.resolve())
  const answers = await Promise.all([once(here), once(there)])
  afterEffect = async () => {}
  expect(answers).toMatchObject([
    { status: 201, replayed: undefined },
    { status: 201, replayed: undefined },
  ])
})

it('runs again after a failure: nothing of the first attempt is left', async () => {
  afterEffect = () => Promise.reject(new Error('the process dies here'))
  expect(await send('k-crash', { note: 'crash' })).toMatchObject({ status: 500 })
  expect(await effects('crash')).toBe(0)
  afterEffect = async () => {}
  expect(await send('k-crash', { note: 'crash' })).toMatchObject({ status: 201, replayed: undefined })
})

it('runs again when the connection was killed in the middle', async () => {
  afterEffect = async () => {
    await database.asAdmin(
      `select pg_terminate_backend(pid) from pg_stat_activity where usename = 'crm_app' and state = 'idle in transaction' and datname = current_database()`,
    )
  }
  expect((await send('k-killed', { note: 'killed' })).status).toBeGreaterThanOrEqual(500)
  afterEffect = async () => {}
  expect(await effects('killed')).toBe(0)
  expect(await send('k-killed', { note: 'killed' })).toMatchObject({ status: 201, replayed: undefined })
})

it('keeps a refusal that is part of the contract and undoes its effect', async () => {
  afterEffect = () => Promise.reject(notFound('thing'))
  const first = await send('k-refused', { note: 'refused' })
  afterEffect = async () => {}
  expect(first).toMatchObject({ status: 404, replayed: undefined })
  expect(await send('k-refused', { note: 'refused' })).toEqual({ ...first, replayed: 'true' })
  expect(await effects('refused')).toBe(0)
})

it('keeps no refusal that says nothing about the request', async () => {
  for (const status of [403, 429, 503]) {
    afterEffect = () => Promise.reject(new AppError('test.passing', status, 'Not now.'))
    expect(await send(`k-passing-${status}`, { note: 'passing' })).toMatchObject({ status })
    afterEffect = async () => {}
    expect(await send(`k-passing-${status}`, { note: 'passing' })).toMatchObject({ status: 201, replayed: undefined })
  }
})

it('checks the permission again before a replay', async () => {
  const member = await tokens.bearer('member')
  await send('k-rights', { note: 'rights' }, member)
  const demoted = await tokens.bearer('viewer', { ...member.principal, role: 'viewer' })
  expect(await send('k-rights', { note: 'rights' }, demoted)).toMatchObject({ status: 403 })
})

const grant = (rules: Partial<CustomGrant>): CustomGrant => ({
  roleId: crypto.randomUUID(),
  permissions: ['crm.contact.create'],
  scopes: {},
  fields: {},
  ...rules,
})
/** One person, before and after somebody changed their role. */
const changeOfRole = async (before: Partial<CustomGrant>, after: Partial<CustomGrant>) => {
  const first = await tokens.bearer('member', { grant: grant(before) })
  return [first, await tokens.bearer('member', { ...first.principal, grant: grant(after) })] as const
}

it('leaves out of a replay what a role hides by now', async () => {
  const [before, after] = await changeOfRole({}, { fields: { contact: { note: 'hidden' } } })
  expect((await send('k-hidden', { mood: 'open', note: 'shown once' }, before)).text).toContain('shown once')
  afterEffect = () => Promise.reject(new Error('must not run again'))
  expect(await send('k-hidden', { mood: 'open', note: 'shown once' }, after)).toMatchObject({ status: 201, replayed: 'true', text: '{"version":4}' })
  afterEffect = async () => {}
})

it('gives a replay to nobody whose rights reach elsewhere by now', async () => {
  const [before, after] = await changeOfRole({ scopes: {} }, { scopes: { contact: { read: 'own', write: 'own' } } })
  expect(await send('k-reach', { note: 'reach' }, before)).toMatchObject({ status: 201 })
  const refused = await send('k-reach', { note: 'reach' }, after)
  expect(refused).toMatchObject({ status: 403 })
  expect(JSON.parse(refused.text).code).toBe('platform.idempotency.rights_changed')
  expect(await send('k-reach', { note: 'reach' }, before)).toMatchObject({ status: 201, replayed: 'true' })
  expect(await effects('reach')).toBe(1)
})

it('does not keep what was refused before it ran', async () => {
  expect(await send('k-invalid', { note: 5 })).toMatchObject({ status: 400 })
  expect(await send('k-invalid', { note: 'valid now' })).toMatchObject({ status: 201, replayed: undefined })
})

it('forgets answers after 48 hours, not before, and then runs again', async () => {
  const relay = await database.open('crm', 'relay')
  await send('k-47h', { note: '47h' })
  await send('k-49h', { note: '49h' })
  const age = (note: string, hours: number) =>
    database.asAdmin(`update crm.idempotency_key set created_at = now() - interval '${hours} hours' where body like '%${note}%'`)
  await age('47h', 47)
  await age('49h', 49)
  expect(await purgeIdempotencyKeys(relay)).toBe(1)
  expect(await send('k-47h', { note: '47h' })).toMatchObject({ replayed: 'true' })
  expect(await send('k-49h', { note: '49h' })).toMatchObject({ status: 201, replayed: undefined })
})
