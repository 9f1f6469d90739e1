import { createTestDatabase } from '@ai-crm/testing/database'
import { afterAll, expect, it } from 'vitest'
import { GIVEN_UP_JOB } from './chains.ts'
import { dieThrough, freePorts, startWorld } from './world.fixture.ts'

const database = await createTestDatabase()
const crash = await startWorld(database)
afterAll(() => crash.close())
const rows = (sql: string) => database.asAdmin(sql)

it(`tells whoever waits for a job that it is given up, also when it dies at ${GIVEN_UP_JOB.join(', ')}`, { timeout: 300_000 }, async () => {
  const [organizationId, operationId] = [crypto.randomUUID(), crypto.randomUUID()]
  await rows(`insert into crm.operation (organization_id, id, kind, record, asked, status) values ('${organizationId}', '${operationId}', 'change', 'contact', '{}', 'running');
    insert into crm.job (organization_id, name, payload, origin, status, attempts, max_attempts, lease_until, lease_holder)
    values ('${organizationId}', 'crm.run-operation', '{"operationId":"${operationId}"}',
            '{"actor":{"type":"system","id":null},"correlationId":"x","causationId":null,"depth":0,"trace":null}', 'running', 10, 10, now(), gen_random_uuid())`)
  const program = crash.start(GIVEN_UP_JOB, await freePorts())
  await dieThrough(program, GIVEN_UP_JOB, async () => {
    const job = async () => (await rows(`select status, attempts from crm.job where organization_id = '${organizationId}'`))[0]
    await expect.poll(job, { timeout: 240_000, interval: 200 }).toEqual({ status: 'given-up', attempts: 10 })
    expect(await rows(`select status from crm.operation where id = '${operationId}'`)).toEqual([{ status: 'failed' }])
  })
})
