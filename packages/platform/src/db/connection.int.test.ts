import { v7 } from 'uuid'
import { afterAll, describe, expect, it } from 'vitest'
import type { Connection } from './connection.ts'
import { ConnectionPool } from './connection-pool.ts'
import { createProbeDatabase, CURRENT_SETTING, insertThing, SELECT_NAMES, statement } from './fixtures/probe-database.ts'
import { InteractiveTransaction } from './interactive-transaction.ts'
import { serviceDatabaseUrl } from './service-database-url.ts'
import { setContext, setReadOnlyContext } from './tenant-context.ts'

// Below the Database, where nothing sets a context unasked: what is left on a connection shows here.
const probe = await createProbeDatabase()
const pool = new ConnectionPool(serviceDatabaseUrl(probe.databaseUrl, 'probe', 'app', probe.cluster.masterSecret), {
  maxConnections: 1,
  maxWaiting: 4,
  waitTimeoutMs: 2_000,
})
afterAll(() => pool.close())

async function withNext<Result>(work: (connection: Connection) => Promise<Result>): Promise<Result> {
  const connection = await pool.checkout()
  try {
    return await work(connection)
  } finally {
    connection.release()
  }
}

const LEFT_BEHIND = statement(
  "select coalesce(current_setting('app.organization_id', true), '') as organization, current_setting('transaction_read_only') as read_only, (select count(*)::int from thing) as rows, pg_backend_pid() as pid",
)
const leftBehind = async () => (await withNext((connection) => connection.run([LEFT_BEHIND])))[0]?.rows[0]
const NOTHING = { organization: '', readOnly: 'off', rows: 0 }
const tenant = { organizationId: v7() }
const begin = () => new InteractiveTransaction(() => pool.checkout(), tenant)

describe('neither organisation nor read-only mode outlives', () => {
  it('a batch', async () => {
    await withNext((connection) => connection.run([setContext(tenant), insertThing('a')]))
    expect(await leftBehind()).toMatchObject(NOTHING)
    await withNext((connection) => connection.run([setReadOnlyContext(tenant), SELECT_NAMES]))
    expect(await leftBehind()).toMatchObject(NOTHING)
  })

  it.each([
    ['an error', ['select 1/0']],
    ['a timeout', ["select set_config('statement_timeout', '5', true)", 'select pg_sleep(1)']],
    ['a duplicate', ["insert into thing (name) values ('a')"]],
    ['a text that does not parse', ['select nonsense']],
  ])('a batch that failed by %s', async (_cause, texts) => {
    const { pid } = (await leftBehind()) ?? {}
    const batch = [setContext(tenant), SELECT_NAMES, ...texts.map((text) => statement(text))]
    await withNext((connection) => expect(connection.run(batch)).rejects.toThrow())
    expect(await leftBehind()).toMatchObject({ ...NOTHING, pid }) // on the same connection, or it proves nothing
  })

  it('a transaction that commits, rolls back or fails', async () => {
    const { pid } = (await leftBehind()) ?? {}
    for (const end of ['commit', 'rollback', 'failure'] as const) {
      const transaction = begin()
      expect((await transaction.query(CURRENT_SETTING)).rows).toEqual([tenant])
      if (end === 'failure') await expect(transaction.query(statement('select 1/0'))).rejects.toThrow('division by zero')
      else await transaction[end]()
      expect(await leftBehind(), end).toMatchObject({ ...NOTHING, pid })
    }
  })
})

it('destroys a connection that comes back inside a transaction', async () => {
  const { pid } = (await leftBehind()) ?? {}
  await withNext((connection) => connection.run([statement('begin'), setContext(tenant), SELECT_NAMES])) // nobody commits
  const next = await leftBehind()
  expect(next).toMatchObject(NOTHING)
  expect(next?.['pid']).not.toBe(pid)
})
