import { v7 } from 'uuid'
import { describe, expect, it } from 'vitest'
import { createProbeDatabase, insertThing, SELECT_NAMES, statement } from './fixtures/probe-database.ts'
import { isForeignKeyViolation } from './errors.ts'

const probe = await createProbeDatabase()
const database = await probe.open('probe', 'app', { maxConnections: 2 })
const ours = { organizationId: v7() }
const theirs = { organizationId: v7() }
const [created] = await database.batch(theirs, [insertThing('theirs')])
const theirId = created?.rows[0]?.['id']

describe('without an organisation', () => {
  it('every tenant table is empty and refuses rows', async () => {
    expect((await database.read(null, SELECT_NAMES)).rows).toEqual([])
    await expect(database.batch(null, [insertThing('x')])).rejects.toThrow(/null value|row-level security/)
    await expect(database.batch(null, [statement("insert into thing (organization_id, name) values ($1, 'x')", ours.organizationId)])).rejects.toThrow(
      'row-level security',
    )
  })

  it('garbage is an error, never an answer', async () => {
    await expect(database.read({ organizationId: 'not-a-uuid' }, SELECT_NAMES)).rejects.toThrow('invalid input syntax for type uuid')
    await expect(database.read({ organizationId: "' or true --" }, SELECT_NAMES)).rejects.toThrow('invalid input syntax for type uuid')
  })
})

describe('another organisation’s row', () => {
  const attempts: Record<string, string> = {
    'is not selected': 'select * from thing where id = $1',
    'is not updated': "update thing set name = 'stolen' where id = $1 returning id",
    'is not deleted': 'delete from thing where id = $1 returning id',
    'is not locked': 'select id from thing where id = $1 for update',
  }
  it.each(Object.entries(attempts))('%s', async (_name, text) => {
    const [result] = await database.batch(ours, [statement(text, theirId)])
    expect(result?.rows).toEqual([])
  })

  it('cannot be written for, moved to, or referred to', async () => {
    const forThem = statement("insert into thing (organization_id, name) values ($1, 'x')", theirs.organizationId)
    await expect(database.batch(ours, [forThem])).rejects.toThrow('row-level security')
    const moved = [insertThing('mine'), statement('update thing set organization_id = $1', theirs.organizationId)]
    await expect(database.batch(ours, moved)).rejects.toThrow('another organisation')
    const toTheirs = database.batch(ours, [statement('insert into part (thing_id) values ($1)', theirId)])
    await expect(toTheirs).rejects.toSatisfy((error) => isForeignKeyViolation(error, 'part_of_thing'))
    // The same answer for what does not exist: no oracle.
    await expect(database.batch(ours, [statement('insert into part (thing_id) values ($1)', v7())])).rejects.toSatisfy((error) => isForeignKeyViolation(error))
  })

  it('does not take a unique name away', async () => {
    await database.batch(ours, [insertThing('theirs')])
    expect((await database.read(theirs, SELECT_NAMES)).rows).toHaveLength(1)
  })
})
