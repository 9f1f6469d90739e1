import pg from 'pg'
import { expect, it } from 'vitest'
import { withinStatement } from './too-slow.ts'

const canceled = Object.assign(new pg.DatabaseError('canceling statement due to statement timeout', 0, 'error'), { code: '57014' })
const fail = (error: Error) => async () => {
  throw error
}

it('says of a filter that reads too much what would help, and leaves other failures what they are', async () => {
  await expect(withinStatement({ filter: '{}' }, fail(canceled))).rejects.toMatchObject({ code: 'crm.list.too_slow', status: 422 })
  await expect(withinStatement({}, fail(canceled))).rejects.toBe(canceled)
  const other = new Error('other')
  await expect(withinStatement({ filter: '{}' }, fail(other))).rejects.toBe(other)
})
