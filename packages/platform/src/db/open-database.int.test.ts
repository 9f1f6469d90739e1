import { v7 } from 'uuid'
import { describe, expect, it } from 'vitest'
import { createProbeDatabase, insertThing, SELECT_NAMES, statement } from './fixtures/probe-database.ts'
import { isUniqueViolation } from './errors.ts'
import { openDatabase } from './open-database.ts'
import { serviceDatabaseUrl } from './service-database-url.ts'

const probe = await createProbeDatabase()
const database = await probe.open('probe', 'app', { maxConnections: 2 })
const newTenant = () => ({ organizationId: v7() })

it('commits the statements of a batch together and answers each of them', async () => {
  const tenant = newTenant()
  const results = await database.batch(tenant, [insertThing('a'), insertThing('b'), SELECT_NAMES])
  expect(results.map((result) => result.rowCount)).toEqual([1, 1, 2])
  expect(results[2]?.rows).toEqual([{ name: 'a' }, { name: 'b' }])
})

it('undoes the whole batch when one statement fails, and keeps the connection usable', async () => {
  const tenant = newTenant()
  await database.batch(tenant, [insertThing('kept')])
  const failed = database.batch(tenant, [insertThing('undone'), insertThing('kept'), insertThing('never reached')])
  await expect(failed).rejects.toSatisfy((error) => isUniqueViolation(error, 'thing_organization_id_name_key'))
  expect((await database.read(tenant, SELECT_NAMES)).rows).toEqual([{ name: 'kept' }])
  // The same text again: whether the server had parsed it before the failure must not matter.
  await database.batch(tenant, [insertThing('later')])
  expect((await database.read(tenant, SELECT_NAMES)).rows).toHaveLength(2)
})

it('refuses to write in a read', async () => {
  await expect(database.read(newTenant(), insertThing('x'))).rejects.toThrow('read-only')
})

it('reuses the server’s own view of a failed statement text', async () => {
  for (let round = 0; round < 3; round++) await expect(database.read(null, statement('select nonsense'))).rejects.toThrow('nonsense')
  expect((await database.read(null, statement('select 1 as one'))).rows).toEqual([{ one: 1 }])
})

it('rejects a value that cannot be written before anything is sent', async () => {
  const circular: Record<string, unknown> = {}
  circular['self'] = circular
  await expect(database.batch(newTenant(), [statement('select $1::jsonb', circular)])).rejects.toThrow(TypeError)
  await expect(database.batch(newTenant(), [statement('select $1::text', 'nul \0 byte')])).rejects.toThrow('invalid byte sequence')
})

it('bounds the prepared statements of a connection', async () => {
  const single = await probe.open('probe', 'app', { maxConnections: 1 })
  for (let width = 1; width <= 600; width++) await single.read(null, statement(`select ${width} as width`))
  const { rows } = await single.read(null, statement('select count(*)::int as count from pg_prepared_statements'))
  expect(rows[0]?.['count']).toBeLessThanOrEqual(260)
})

it('notices a changed table instead of answering by the old columns', async () => {
  const tenant = newTenant()
  const query = statement('select * from thing')
  await database.batch(tenant, [insertThing('before')])
  await Promise.all([database.read(tenant, query), database.read(tenant, query)])
  await probe.asAdmin('alter table probe.thing add column colour text default $$red$$')
  // Each of the two connections may refuse its old plan once, and is replaced.
  for (let round = 0; round < 2; round++) await database.read(tenant, query).catch(() => undefined)
  const [first, second] = await Promise.all([database.read(tenant, query), database.read(tenant, query)])
  expect(first?.rows[0]).toMatchObject({ name: 'before', colour: 'red' })
  expect(second?.rows[0]).toMatchObject({ name: 'before', colour: 'red' })
})

it('refuses the caller that would wait in a full queue, and the one that waited too long', async () => {
  const busy = await probe.open('probe', 'app', { maxConnections: 1, maxWaiting: 1, waitTimeoutMs: 1_000 })
  const running = busy.read(null, statement('select pg_sleep(1.5)'))
  const waiting = busy.read(null, statement('select 1'))
  await expect(busy.read(null, statement('select 1'))).rejects.toMatchObject({ code: 'platform.database.busy', status: 503 })
  await expect(waiting).rejects.toMatchObject({ code: 'platform.database.busy' })
  await running
})

it('says 503, not 500, while the server ends our connections, and recovers by itself', async () => {
  const single = await probe.open('probe', 'app', { maxConnections: 1 })
  const running = single.read(null, statement('select pg_sleep(5)'))
  setTimeout(
    () =>
      void probe.asAdmin(
        `select pg_terminate_backend(pid) from pg_stat_activity where query like '%pg_sleep(5)%' and datname = current_database() and usename = 'probe_app'`,
      ),
    100,
  )
  await expect(running).rejects.toMatchObject({ code: 'platform.database.unavailable', status: 503 })
  expect(await single.isHealthy()).toBe(true)
})

it('cancels a statement by the role’s timeout, on the server', async () => {
  const { rows } = await database.read(
    null,
    statement("select current_setting('statement_timeout') s, current_setting('idle_in_transaction_session_timeout') i, current_setting('lock_timeout') l"),
  )
  expect(rows).toEqual([{ s: '5s', i: '10s', l: '2s' }])
})

it.each([
  ['is a superuser', 'superuser'],
  ['bypasses row-level security', 'bypassrls'],
  ['owns tables or a schema', 'in role probe_owner'],
])('refuses to work as a role that %s', async (danger, attribute) => {
  const user = `danger_${v7().slice(-12)}`
  await probe.asAdmin(`create role ${user} login password 'x' ${attribute}; grant connect on database ${probe.name} to ${user}`)
  const settings = { ...serviceDatabaseUrl(probe.databaseUrl, 'probe', 'app', probe.cluster.masterSecret), user, password: 'x' }
  try {
    await expect(openDatabase(settings)).rejects.toThrow(`Refusing to work as database role "${user}": it ${danger}`)
  } finally {
    await probe.asAdmin(`drop owned by ${user}; drop role ${user}`)
  }
})

describe('a deadline', () => {
  const inMs = (ms: number) => performance.now() + ms
  const slow = statement('select pg_sleep(4)')
  const isTold = { code: '57014' }
  const isOver = { code: 'platform.deadline_exceeded' }

  it('is kept by the server: the statement is cancelled there, in reads and in transactions', async () => {
    await expect(database.read(newTenant(), slow, inMs(500))).rejects.toMatchObject(isTold)
    const transaction = database.begin(newTenant(), inMs(500))
    await expect(transaction.query(slow)).rejects.toMatchObject(isTold)
    await transaction.rollback()
    // The setting ends with its transaction.
    const [settings] = await database.batch(newTenant(), [statement("select current_setting('statement_timeout') as timeout")])
    expect(settings?.rows).toEqual([{ timeout: '5s' }])
  })

  it('that has passed sends nothing and costs no connection', async () => {
    const single = await probe.open('probe', 'app', { maxConnections: 1 })
    const backend = statement('select pg_backend_pid() as pid')
    const before = (await single.read(null, backend)).rows
    await expect(single.read(null, backend, inMs(-1))).rejects.toMatchObject(isOver)
    const transaction = single.begin(newTenant(), inMs(-1))
    await expect(transaction.query(insertThing('late'))).rejects.toMatchObject(isOver)
    await transaction.rollback()
    const deferred = single.begin(newTenant(), inMs(-1))
    deferred.defer(insertThing('late'))
    await expect(deferred.commit()).rejects.toMatchObject(isOver)
    expect((await single.read(null, backend)).rows).toEqual(before)
  })

  it('that passes within a transaction leaves nothing behind', async () => {
    const tenant = newTenant()
    const transaction = database.begin(tenant, inMs(1_000))
    await transaction.query(insertThing('too late'))
    await new Promise((resolve) => setTimeout(resolve, 1_010))
    await expect(transaction.commit()).rejects.toMatchObject(isOver)
    await transaction.rollback()
    expect((await database.read(tenant, SELECT_NAMES)).rows).toEqual([])
  })
})
