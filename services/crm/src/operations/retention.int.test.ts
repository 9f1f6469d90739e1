import { purgeOldRows } from '@ai-crm/platform'
import { startService } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import service from '../service.ts'
import { OPERATION_RETENTION } from './retention.ts'

const crm = await startService(service)

it('forgets an old operation with its records, some after some: an import has a million', async () => {
  const { organizationId } = await crm.signIn()
  const [old, young] = [crypto.randomUUID(), crypto.randomUUID()]
  await crm.database.asAdmin(`
    insert into crm.operation (organization_id, id, kind, record, asked, created_at)
      values ('${organizationId}', '${old}', 'import', 'contact', '{}', now() - interval '91 days'), ('${organizationId}', '${young}', 'import', 'contact', '{}', now());
    insert into crm.operation_record (organization_id, operation_id, ordinal) select '${organizationId}', id, n from crm.operation, generate_series(1, 2500) n;
    insert into crm.operation_made (organization_id, operation_id, place, kind, record_id, version)
      select '${organizationId}', id, n, 'company', gen_random_uuid(), 1 from crm.operation, generate_series(1, 2100) n`)
  const relay = await crm.database.open('crm', 'relay')
  const counts = new Array<number>()
  const execute = async (text: string, values: readonly unknown[]) => {
    const count = (await relay.batch(null, [{ text, values }]))[0]?.rowCount ?? 0
    counts.push(count)
    return count
  }
  expect(await purgeOldRows({ execute }, OPERATION_RETENTION)).toBe(1)
  expect(counts).toEqual([2000, 500, 2000, 100, 1])
  expect(await crm.database.asAdmin('select operation_id, count(*)::int as records from crm.operation_record group by 1')).toEqual([
    { operation_id: young, records: 2500 },
  ])
})
