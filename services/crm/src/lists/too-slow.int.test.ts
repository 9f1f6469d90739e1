import { startService } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import service from '../service.ts'
import { withinStatement } from './too-slow.ts'

const crm = await startService(service)

it('says of a filter that reads too much what would help, and leaves other failures what they are', async () => {
  const tooLong = async () => crm.database.asAdmin(`set local statement_timeout = '20ms'; select pg_sleep(5)`)
  await expect(withinStatement({ filter: '{}' }, tooLong)).rejects.toMatchObject({ code: 'crm.list.too_slow', status: 422 })
  await expect(withinStatement({ search: 'x' }, tooLong)).rejects.toMatchObject({ code: 'crm.list.too_slow' })
  await expect(withinStatement({}, tooLong)).rejects.toMatchObject({ code: '57014' })
  await expect(withinStatement({ filter: '{}' }, async () => crm.database.asAdmin('select 1 / 0'))).rejects.toMatchObject({ code: '22012' })
})
