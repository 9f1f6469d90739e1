import { mkdirSync, realpathSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import { findBinaries } from './binaries.ts'
import { createClusterOnce, SUPERUSER, superuserPassword } from './cluster.ts'
import { clearPreviousServer } from './running-server.ts'
import { ServerProcess } from './server-process.ts'
import { chooseRunner } from './unprivileged.ts'

export interface EmbeddedPostgresOptions {
  /** Absolute or relative; created, readable for this user only. Survives restarts and kill -9. */
  readonly dataDir: string
  readonly log: Pick<Logger, 'info' | 'error'>
  /** Server settings over the defaults, e.g. `{ fsync: 'off' }` for throw-away data. */
  readonly settings?: Readonly<Record<string, string>>
}

export interface EmbeddedPostgres {
  /** A directory (its unix socket is in it) or 127.0.0.1. */
  readonly host: string
  readonly port: number
  /** For administration only (`prepareDatabase`); no service ever connects with it. */
  readonly superuserUrl: string
  /** The server's process; another one after a crash. */
  readonly pid: number | undefined
  /** Fast shutdown with a checkpoint. Idempotent. */
  stop(): Promise<void>
}

const SETTINGS: Readonly<Record<string, string>> = {
  max_connections: '120',
  shared_buffers: '128MB',
  // A new installation's tables grow from nothing within minutes: plans made for empty ones must not live for long.
  autovacuum_naptime: '5s',
  // What was confirmed to a client is on disk.
  synchronous_commit: 'on',
  timezone: 'UTC',
  // Compiling a plan costs more than our short statements take.
  jit: 'off',
  random_page_cost: '1.1',
  log_min_messages: 'warning',
  // Statements of tenants do not belong into a log file.
  log_min_error_statement: 'panic',
}

// sun_path holds 108 bytes on Linux, 104 on macOS, with the name of the socket.
const MAX_SOCKET_DIRECTORY_LENGTH = 80
const RESTART_PAUSE_MS = 500
const MAX_RESTART_PAUSE_MS = 15_000

/** Starts the PostgreSQL that comes with npm on `dataDir`; a server that dies is started again on the same address. */
export async function startEmbeddedPostgres({ dataDir, log, settings = {} }: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const directory = realpathSync(dataDir)
  const runner = chooseRunner(findBinaries(), directory)
  const cluster = createClusterOnce(directory, runner)
  await clearPreviousServer(cluster)

  const address = await chooseAddress(directory)
  const superuserUrl = urlOf(address, superuserPassword(directory))
  const options = Object.entries({ ...SETTINGS, ...address.settings, ...settings }).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const start = () => new ServerProcess(runner, ['-D', cluster, ...options], path.join(directory, 'postgres.log'))

  let server = start()
  let isStopping = false
  await server.untilReady(superuserUrl)
  log.info({ dataDir: directory }, 'embedded PostgreSQL is ready')

  const supervise = async (): Promise<void> => {
    for (let pauseMs = RESTART_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, MAX_RESTART_PAUSE_MS)) {
      const startedAt = Date.now()
      await server.exited
      if (isStopping) return
      if (Date.now() - startedAt > MAX_RESTART_PAUSE_MS) pauseMs = RESTART_PAUSE_MS // it had been well
      log.error({ dataDir: directory, pauseMs }, 'embedded PostgreSQL ended unexpectedly; it is started again')
      await sleep(pauseMs)
      if (isStopping) return
      server = start()
    }
  }
  const supervision = supervise()

  return {
    host: address.host,
    port: address.port,
    superuserUrl,
    get pid() {
      return server.pid
    },
    async stop() {
      isStopping = true
      await server.stop()
      await supervision
    },
  }
}

interface Address {
  readonly host: string
  readonly port: number
  readonly settings: Readonly<Record<string, string>>
}

/** A unix socket in the data directory: no port to collide, nothing on the network. Loopback where that cannot be. */
async function chooseAddress(directory: string): Promise<Address> {
  const fits = Buffer.byteLength(directory) <= MAX_SOCKET_DIRECTORY_LENGTH && !directory.includes(',')
  if (process.platform !== 'win32' && fits) {
    const settings = { listen_addresses: '', unix_socket_directories: directory, unix_socket_permissions: '0700', port: '5432' }
    return { host: directory, port: 5432, settings }
  }
  const port = await freePort()
  return { host: '127.0.0.1', port, settings: { listen_addresses: '127.0.0.1', unix_socket_directories: '', port: `${port}` } }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => (address !== null && typeof address === 'object' ? resolve(address.port) : reject(new Error('No free port.'))))
    })
  })
}

function urlOf({ host, port }: Address, password: string): string {
  const credentials = `${SUPERUSER}:${encodeURIComponent(password)}`
  if (!host.startsWith('/')) return `postgres://${credentials}@${host}:${port}/postgres`
  return `postgres://${credentials}@localhost:${port}/postgres?host=${encodeURIComponent(host)}`
}
