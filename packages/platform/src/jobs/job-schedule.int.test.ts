import { RelayConnection, serviceDatabaseUrl } from '@ai-crm/platform'
import { createTestDatabase } from '@ai-crm/testing'
import { pino } from 'pino'
import { afterAll, expect, it } from 'vitest'
import { until } from '../events/event-fixture.ts'
import { parseSchedule, ScheduleLedger } from './job-schedule.ts'

const database = await createTestDatabase()
const login = serviceDatabaseUrl(database.databaseUrl, 'crm', 'relay', database.cluster.masterSecret)
const connection = new RelayConnection({ service: 'crm', login, log: pino({ level: 'silent' }) })
await until(async () => connection.session > 0)
afterAll(() => connection.close())

const [here, there] = [new ScheduleLedger(connection, crypto.randomUUID()), new ScheduleLedger(connection, crypto.randomUUID())]
const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 0, minute))

it('reads five-field cron in UTC and refuses nonsense', () => {
  expect(parseSchedule('*/5 * * * *')(at(1))).toEqual(at(5))
  expect(parseSchedule('30 3 * * *')(at(0))).toEqual(new Date(Date.UTC(2026, 0, 1, 3, 30)))
  expect(() => parseSchedule('every now and then')).toThrow()
  expect(() => parseSchedule('* * * * * *')).toThrow()
})

it('gives each tick to one replica', async () => {
  const claims = await Promise.all([here.claim('once', at(5)), there.claim('once', at(5))])
  expect(claims.filter(Boolean)).toHaveLength(1)
})

it('does not begin the next tick while the previous one runs, and does once it has finished', async () => {
  expect(await here.claim('long', at(5))).toBe(true)
  expect(await there.claim('long', at(10))).toBe(false)
  await here.finish('long', null)
  expect(await there.claim('long', at(10))).toBe(true)
})

it('takes over an unfinished tick when its holder is gone, three times at most', async () => {
  await here.claim('orphan', at(5))
  expect(await there.takeOver(['orphan'])).toEqual([])
  const expire = () => database.asAdmin("update crm.job_schedule set lease_until = now() - interval '1 second' where name = 'orphan'")
  await expire()
  expect(await there.takeOver(['orphan'])).toEqual(['orphan'])
  await expire()
  expect(await here.takeOver(['orphan'])).toEqual(['orphan'])
  await expire()
  expect(await there.takeOver(['orphan'])).toEqual([])
})
