import { Client } from 'pg'
import { expect, it, onTestFinished } from 'vitest'
import { rabbitAnswers, redisAnswers } from './answers.ts'
import { ensureServers, startPostgres, startRedis, type RealServer } from './servers.ts'

const addressOf = (url: string) => ({ host: new URL(url).hostname, port: Number(new URL(url).port) })

async function expectKillAndReturn(start: () => Promise<RealServer>, isThere: (url: string) => Promise<boolean>): Promise<void> {
  const server = await start()
  onTestFinished(() => server.stop())
  expect(await isThere(server.url)).toBe(true)
  await server.kill()
  expect(await isThere(server.url)).toBe(false)
  await server.restart()
  expect(await isThere(server.url)).toBe(true)
}

it('starts Redis, kills it and brings it back on the same port', async () => {
  await expectKillAndReturn(startRedis, (url) => redisAnswers(addressOf(url)))
})

it('starts PostgreSQL, kills it and keeps what was committed', async () => {
  const server = await startPostgres()
  onTestFinished(() => server.stop())
  const query = async (text: string) => {
    const client = new Client({ connectionString: server.url })
    await client.connect()
    const { rows } = await client.query(text).finally(() => client.end())
    return rows
  }
  await query('create table kept as select 42 as answer')
  await server.kill()
  await expect(query('select 1')).rejects.toThrow('ECONNREFUSED')
  await server.restart()
  expect(await query('select answer from kept')).toEqual([{ answer: 42 }])
}, 60_000)

it('provides all three, uses what is configured instead of its own, kills RabbitMQ and brings it back on the same port', async () => {
  const redis = await startRedis()
  onTestFinished(() => redis.stop())
  const servers = await ensureServers(() => undefined, { REDIS_URL: redis.url })
  onTestFinished(() => servers.stop())
  expect(servers.redis).toMatchObject({ url: redis.url, isOurs: false })
  // One start for both: that of RabbitMQ costs more than everything else here.
  await expectKillAndReturn(
    async () => servers.rabbit,
    (url) => rabbitAnswers(addressOf(url)),
  )
  expect(servers.postgres.url).toMatch(/^postgres(ql)?:/)
  await servers.stop()
  expect(await redisAnswers(addressOf(redis.url))).toBe(true)
}, 120_000)

it('names the variable whose server does not answer', async () => {
  // The others are named as well, so that none is started.
  const nowhere = { REDIS_URL: 'redis://127.0.0.1:1', RABBITMQ_URL: 'amqp://127.0.0.1:1', DATABASE_ADMIN_URL: 'postgres://127.0.0.1:1/postgres' }
  await expect(ensureServers(() => undefined, nowhere)).rejects.toThrow('REDIS_URL')
})
