import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { throwAwayDirectory } from '@ai-crm/testing/servers'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type EmbeddedPostgres, startEmbeddedPostgres } from './start-embedded-postgres.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 }) // each test makes a cluster
let dataDir = ''
const running = new Set<EmbeddedPostgres>()
beforeEach(() => {
  dataDir = throwAwayDirectory('embedded-')
})
afterEach(async () => {
  for (const server of running) await server.stop()
  running.clear()
  rmSync(dataDir, { recursive: true, force: true })
})

async function start(directory = dataDir): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDir: directory, log: { info: () => {}, error: () => {} } })
  running.add(server)
  return server
}

async function query(server: EmbeddedPostgres, sql: string): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: server.superuserUrl })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows
  } finally {
    await client.end()
  }
}

async function startInOwnProcess(): Promise<ChildProcess> {
  const script = fileURLToPath(new URL('../fixtures/start-and-write.ts', import.meta.url))
  const child = spawn(process.execPath, [script, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(child.stdout ?? child, 'data')
  return child
}

describe('data survive', () => {
  it('a restart', async () => {
    const first = await start()
    await query(first, 'create table kept as select 1 as one')
    await first.stop()
    expect(await query(await start(), 'select * from kept')).toEqual([{ one: 1 }])
  })

  it('kill -9 of the process that started the server, started again at once', async () => {
    const child = await startInOwnProcess()
    child.kill('SIGKILL')
    expect(await query(await start(), 'select * from kept')).toEqual([{ word: 'before the kill' }])
  })

  it('kill -9 of the server: it comes back on the same address by itself', async () => {
    const server = await start()
    await query(server, 'create table kept as select 1 as one')
    const before = server.pid ?? 0
    process.kill(before, 'SIGKILL')
    const deadline = Date.now() + 10_000
    let rows: readonly Record<string, unknown>[] = []
    while (rows.length === 0 && Date.now() < deadline) {
      await sleep(50)
      rows = await query(server, 'select * from kept').catch(() => [])
    }
    expect(rows).toEqual([{ one: 1 }])
    expect(server.pid).not.toBe(before)
  })

  it('a first start that was killed while it made the data directory', async () => {
    mkdirSync(path.join(dataDir, 'cluster.unfinished', 'base'), { recursive: true })
    writeFileSync(path.join(dataDir, 'cluster.unfinished', 'PG_VERSION'), '18')
    expect(await query(await start(), 'select 1 as one')).toEqual([{ one: 1 }])
  })
})

describe('the lock of another server', () => {
  it('is refused at once while its process lives, naming the process', async () => {
    const child = await startInOwnProcess()
    try {
      await expect(start()).rejects.toThrow(`is in use by process ${child.pid}. Stop it, or choose another DATA_DIR.`)
    } finally {
      child.kill('SIGKILL')
    }
  })

  it('is removed when its number belongs to a stranger now', async () => {
    await (await start()).stop()
    writeFileSync(path.join(dataDir, 'cluster', 'postmaster.pid'), `${process.pid}\n${dataDir}\n`)
    expect(await query(await start(), 'select 1 as one')).toEqual([{ one: 1 }])
  })
})

it('is reachable from this machine’s user only, by password', async () => {
  const server = await start()
  expect(
    await query(
      server,
      "select current_setting('listen_addresses') as addresses, current_setting('synchronous_commit') as commit, current_setting('fsync') as fsync",
    ),
  ).toEqual([{ addresses: '', commit: 'on', fsync: 'on' }])
  const wrong = new pg.Client({ connectionString: server.superuserUrl.replace(/:[^:@]+@/, ':wrong@') })
  await expect(wrong.connect()).rejects.toThrow('password authentication failed')
  expect(readFileSync(path.join(dataDir, 'cluster', 'pg_hba.conf'), 'utf8')).not.toMatch(/^[^#].*\btrust\b/m)
})

it('uses loopback where the path is too long for a socket', async () => {
  const deep = path.join(dataDir, 'd'.repeat(90))
  const server = await start(deep)
  expect(server.host).toBe('127.0.0.1')
  expect(await query(server, 'select 1 as one')).toEqual([{ one: 1 }])
})

it('says why the server does not start', async () => {
  await (await start()).stop()
  writeFileSync(path.join(dataDir, 'cluster', 'postgresql.conf'), "shared_buffers = 'much'")
  const failing = startEmbeddedPostgres({ dataDir, log: { info: () => {}, error: () => {} }, settings: { max_connections: 'many' } })
  await expect(failing).rejects.toThrow(/PostgreSQL did not start:[^]*max_connections/)
})
