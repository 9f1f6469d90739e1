import { v7 } from 'uuid'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { ConnectionPool } from './connection-pool.ts'
import { createProbeDatabase, insertThing, SELECT_NAMES, statement } from './fixtures/probe-database.ts'
import { serviceDatabaseUrl } from './service-database-url.ts'
import { InteractiveTransaction } from './interactive-transaction.ts'
import { isForeignKeyViolation, isUniqueViolation } from './errors.ts'

const probe = await createProbeDatabase()
// One connection: whatever a transaction leaves behind would be seen by the next.
const database = await probe.open('probe', 'app', { maxConnections: 1, waitTimeoutMs: 1_000 })
const newTenant = () => ({ organizationId: v7() })
const names = async (tenant: { organizationId: string }) => (await database.read(tenant, SELECT_NAMES)).rows.map((row) => row['name'])

describe('commit', () => {
  it('stores everything, the deferred statements in their order', async () => {
    const tenant = newTenant()
    const transaction = database.begin(tenant)
    transaction.defer(statement("update thing set name = name || ' first'"))
    transaction.defer(statement("update thing set name = name || ' second'"))
    await transaction.query(insertThing('a'))
    await transaction.commit()
    expect(await names(tenant)).toEqual(['a first second'])
  })

  it('needs no connection when nothing was asked', async () => {
    const holder = database.begin(newTenant())
    await holder.query(SELECT_NAMES)
    const idle = database.begin(newTenant())
    await idle.commit() // would wait for the only connection
    await holder.rollback()
  })

  it('stores deferred statements alone, under the organisation', async () => {
    const tenant = newTenant()
    const transaction = database.begin(tenant)
    transaction.defer(insertThing('deferred'))
    await transaction.commit()
    expect(await names(tenant)).toEqual(['deferred'])
  })

  it('rejects with everything undone when a deferred statement fails', async () => {
    const tenant = newTenant()
    await database.batch(tenant, [insertThing('taken')])
    const transaction = database.begin(tenant)
    await transaction.query(insertThing('new'))
    transaction.defer(insertThing('taken'))
    await expect(transaction.commit()).rejects.toSatisfy((error) => isUniqueViolation(error))
    expect(await names(tenant)).toEqual(['taken'])
  })

  it('rejects with everything undone when a constraint fails at COMMIT', async () => {
    const tenant = newTenant()
    const transaction = database.begin(tenant)
    await transaction.batch([insertThing('a'), statement('set constraints part_of_thing deferred')])
    await transaction.query(statement('insert into part (thing_id) values ($1)', v7()))
    await expect(transaction.commit()).rejects.toSatisfy((error) => isForeignKeyViolation(error, 'part_of_thing'))
    expect(await names(tenant)).toEqual([])
  })

  it('tells whoever waits for it, once, and only then', async () => {
    const told: string[] = []
    const undone = database.begin(newTenant())
    undone.afterCommit(() => told.push('undone'))
    await undone.query(SELECT_NAMES)
    await undone.rollback()
    const stored = database.begin(newTenant())
    stored.afterCommit(() => told.push('stored'))
    await stored.query(SELECT_NAMES)
    expect(told).toEqual([])
    await stored.commit()
    expect(told).toEqual(['stored'])
  })
})

describe('round trips', () => {
  it('shares one among what is asked in one turn, also across awaits, and takes COMMIT with what nobody has waited for', async () => {
    const tenant = newTenant()
    const { transaction, trips } = await counted(tenant)
    const later = async (name: string) => {
      await Promise.resolve()
      await Promise.resolve()
      return transaction.query(insertThing(name))
    }
    await Promise.all([transaction.query(insertThing('a')), later('b')])
    expect(trips()).toBe(1)
    const unseen = transaction.query(insertThing('c'))
    await Promise.all([unseen, transaction.commit()])
    expect(trips()).toBe(2)
    expect(await names(tenant)).toEqual(['a', 'b', 'c'])
  })

  it('needs one for a transaction that is asked for all at once, and none of it stays when a part fails', async () => {
    const tenant = newTenant()
    const { transaction, trips } = await counted(tenant)
    const asked = transaction.query(insertThing('a'))
    transaction.defer(insertThing('a'))
    const [query, commit] = await Promise.allSettled([asked, transaction.commit()])
    expect([query.status, commit.status]).toEqual(['rejected', 'rejected'])
    expect(trips()).toBe(1)
    expect(await names(tenant)).toEqual([])
  })

  it('hands the rows of a deferred statement over after the commit only', async () => {
    const tenant = newTenant()
    const seen: unknown[] = []
    const failing = database.begin(tenant)
    failing.deferToEnd(statement("select 'lost' as word"), ({ rows }) => seen.push(...rows))
    await failing.query(insertThing('a'))
    failing.defer(insertThing('a'))
    await expect(failing.commit()).rejects.toSatisfy((error) => isUniqueViolation(error))
    const stored = database.begin(tenant)
    stored.deferToEnd(statement("select 'kept' as word"), ({ rows }) => seen.push(...rows))
    await stored.commit()
    expect(seen).toEqual([{ word: 'kept' }])
  })

  it('answers a statement that comes after the commit with an error instead of silence', async () => {
    const transaction = database.begin(newTenant())
    await transaction.query(SELECT_NAMES)
    await transaction.commit()
    await expect(transaction.query(SELECT_NAMES)).rejects.toThrow('The transaction is over.')
  })
})

/** A transaction on a connection that counts what it sends. */
async function counted(tenant: { organizationId: string }) {
  const pool = new ConnectionPool(serviceDatabaseUrl(probe.databaseUrl, 'probe', 'app', probe.cluster.masterSecret), {
    maxConnections: 1,
    maxWaiting: 1,
    waitTimeoutMs: 1_000,
  })
  const connection = await pool.checkout()
  onTestFinished(() => pool.close())
  const run = vi.spyOn(connection, 'run')
  return { transaction: new InteractiveTransaction(async () => connection, tenant), trips: () => run.mock.calls.length }
}

describe('failure', () => {
  it('ends the transaction: later calls reject with the first error, nothing is stored, the connection is free', async () => {
    const tenant = newTenant()
    const transaction = database.begin(tenant)
    await transaction.query(insertThing('a'))
    await expect(transaction.query(insertThing('a'))).rejects.toSatisfy((error) => isUniqueViolation(error))
    await expect(transaction.query(SELECT_NAMES)).rejects.toSatisfy((error) => isUniqueViolation(error))
    await expect(transaction.commit()).rejects.toSatisfy((error) => isUniqueViolation(error))
    await transaction.rollback()
    expect(await names(tenant)).toEqual([])
  })

  it('undoes everything on rollback and when the connection is killed', async () => {
    const tenant = newTenant()
    const rolledBack = database.begin(tenant)
    await rolledBack.query(insertThing('a'))
    await rolledBack.rollback()
    await expect(rolledBack.query(SELECT_NAMES)).rejects.toMatchObject({ code: 'platform.database.transaction_over' })

    const killed = database.begin(tenant)
    const { rows } = await killed.query(statement('select pg_backend_pid() as pid'))
    await killed.query(insertThing('b'))
    await probe.asAdmin(`select pg_terminate_backend(${String(rows[0]?.['pid'])})`)
    await expect(killed.commit()).rejects.toMatchObject({ code: 'platform.database.unavailable' })
    await killed.rollback()
    expect(await names(tenant)).toEqual([])
  })
})

it('sends queries of one transaction one after another, in the order of the calls', async () => {
  const transaction = database.begin(newTenant())
  const results = await Promise.all([insertThing('1'), insertThing('2'), SELECT_NAMES, insertThing('3'), SELECT_NAMES].map((each) => transaction.query(each)))
  await transaction.commit()
  expect(results[2]?.rows).toHaveLength(2)
  expect(results[4]?.rows).toHaveLength(3)
})
