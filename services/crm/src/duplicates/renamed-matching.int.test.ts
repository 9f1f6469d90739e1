import { startService } from '@ai-crm/testing'
import { readFileSync } from 'node:fs'
import { v7 as uuidV7 } from 'uuid'
import { expect, it } from 'vitest'
import crm from '../service.ts'

const service = await startService(crm)
const rows = (sql: string) => service.database.asAdmin(sql)

it('compares what jobs of the release before wait to compare', async () => {
  const owner = await service.signIn({ role: 'owner', organizationId: uuidV7() })
  const named = async () => (await owner.post('/contacts', { name: 'Anna Petrova', company: 'Zyx' })).body.id
  const [one, other] = [await named(), await named()]
  await expect.poll(async () => rows(`select from crm.job`)).toEqual([])
  await rows('delete from crm.duplicate_pair')
  const job = (id: string) =>
    `('${owner.organizationId}', 'crm.match-record', '${id}', '{"record":"contact","id":"${id}"}',
      '{"actor":{"type":"system","id":null},"correlationId":"x","causationId":null,"depth":0,"trace":null}', 10)`
  await rows(`insert into crm.job (organization_id, name, key, payload, origin, max_attempts) values ${job(one)}, ${job(other)}`)
  const migration = readFileSync(new URL('../../migrations/0500_renamed_matching.sql', import.meta.url), 'utf8')
  await rows(`begin; set role crm_owner; ${migration}; reset role; commit`)
  expect(await rows(`select from crm.job where name = 'crm.match-record'`)).toEqual([])
  await expect.poll(async () => rows('select from crm.unmatched_record')).toEqual([])
  expect(await rows('select from crm.duplicate_pair')).toHaveLength(1)
})
