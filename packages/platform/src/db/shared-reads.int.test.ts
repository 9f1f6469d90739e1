import { v7 } from 'uuid'
import { expect, it, vi } from 'vitest'
import { createProbeDatabase, insertThing, SELECT_NAMES, statement } from './fixtures/probe-database.ts'
import { sharedReads } from './shared-reads.ts'

const probe = await createProbeDatabase()
const database = await probe.open('probe', 'app', { maxConnections: 2 })

async function openTenant() {
  const tenant = { organizationId: v7() }
  await database.batch(tenant, [insertThing('a')])
  return sharedReads(database, tenant)
}

it('asks what one piece of work asks for in one turn together, and answers each its own', async () => {
  const read = await openTenant()
  const together = vi.spyOn(database, 'readAll')
  const [names, one] = await Promise.all([read(SELECT_NAMES), read(statement('select 1 as one'))])
  expect(together).toHaveBeenCalledTimes(1)
  expect([names.rows, one.rows]).toEqual([[{ name: 'a' }], [{ one: 1 }]])
  together.mockRestore()
})

it('fails only the read that fails', async () => {
  const read = await openTenant()
  const [good, bad] = await Promise.allSettled([read(SELECT_NAMES), read(statement('select 1 / 0'))])
  expect(good).toMatchObject({ value: { rows: [{ name: 'a' }] } })
  expect(bad).toMatchObject({ status: 'rejected', reason: { code: '22012' } })
})

it('never answers one organisation with the rows of another', async () => {
  const [ours, theirs] = [await openTenant(), sharedReads(database, { organizationId: v7() })]
  const [mine, foreign] = await Promise.all([ours(SELECT_NAMES), theirs(SELECT_NAMES)])
  expect([mine.rowCount, foreign.rowCount]).toEqual([1, 0])
})

it('refuses to write', async () => {
  const read = await openTenant()
  await expect(Promise.all([read(insertThing('b')), read(SELECT_NAMES)])).rejects.toThrow('read-only')
})
