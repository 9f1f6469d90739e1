import { existsSync } from 'node:fs'
import { postgresAnswers, rabbitAnswers, redisAnswers } from './answers.ts'
import { hasCompose, startByCompose } from './compose-server.ts'
import { ensureChromium } from './ensure-chromium.ts'
import { canInstall, installPackage } from './install-package.ts'
import { foreignServer, type RealServer } from './real-server.ts'
import { findPostgres, startPostgres } from './start-postgres.ts'
import { findRabbit, startRabbit } from './start-rabbit.ts'
import { startEmbedded } from './start-embedded.ts'
import { startRedis } from './start-redis.ts'

export interface Servers {
  readonly redis: RealServer
  readonly rabbit: RealServer
  /** The URL is an administrator's. */
  readonly postgres: RealServer
  /** Stops what was started here. */
  stop(): Promise<void>
}

type Environment = Readonly<Record<string, string | undefined>>
interface Kind {
  readonly name: string
  readonly variable: string
  readonly defaultPort: number
  readonly package: string
  readonly runningUrl: string
  readonly compose: { readonly service: string; readonly url: string }
  answers(address: { host: string; port: number }): Promise<boolean>
  isInstalled(): boolean
  start(): Promise<RealServer>
}

const REDIS: Kind = {
  name: 'Redis',
  variable: 'REDIS_URL',
  defaultPort: 6379,
  package: 'redis-server',
  runningUrl: 'redis://127.0.0.1:6379',
  compose: { service: 'redis', url: 'redis://127.0.0.1:56379' },
  answers: redisAnswers,
  isInstalled: () => existsSync('/usr/bin/redis-server'),
  start: startRedis,
}
const RABBIT: Kind = {
  name: 'RabbitMQ',
  variable: 'RABBITMQ_URL',
  defaultPort: 5672,
  package: 'rabbitmq-server',
  runningUrl: 'amqp://guest:guest@127.0.0.1:5672',
  compose: { service: 'rabbitmq', url: 'amqp://guest:guest@127.0.0.1:55672' },
  answers: rabbitAnswers,
  isInstalled: () => findRabbit() !== undefined,
  start: startRabbit,
}

/**
 * The real servers of the distributed tests, in this order: what the environment names; what is installed, started
 * apart from everything else (tests kill and restart it); what runs on the default port; what apt-get can install
 * (as root, saying so); docker compose. Else it fails and names what is missing. PostgreSQL never is: it comes with npm.
 */
export async function ensureServers(say: (line: string) => void, environment: Environment = process.env): Promise<Servers> {
  const started: RealServer[] = []
  const keep = async (starting: Promise<RealServer>): Promise<RealServer> => {
    const server = await starting
    started.push(server)
    return server
  }
  const stop = async () => {
    for (const server of started.toReversed()) await server.stop()
  }
  try {
    const postgres = keep(providePostgres(environment))
    const redis = keep(provide(REDIS, say, environment))
    const rabbit = keep(provide(RABBIT, say, environment))
    await Promise.allSettled([postgres, redis, rabbit])
    return { redis: await redis, rabbit: await rabbit, postgres: await postgres, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** What apt-get would install for the tests, beforehand: while it waits for the network something else may run. Does nothing where it may not. */
export async function installMissing(say: (line: string) => void, environment: Environment = process.env): Promise<void> {
  if (!canInstall()) return
  for (const kind of [REDIS, RABBIT]) if (await isMissing(kind, environment)) await install(kind, say)
  await ensureChromium(say, environment)
}

const isMissing = async (kind: Kind, environment: Environment): Promise<boolean> =>
  !environment[kind.variable] && !kind.isInstalled() && !(await kind.answers({ host: '127.0.0.1', port: kind.defaultPort }))

async function install(kind: Kind, say: (line: string) => void): Promise<void> {
  say(`${kind.name} is missing: installing ${kind.package} with apt-get.`)
  await installPackage(kind.package)
}

async function provide(kind: Kind, say: (line: string) => void, environment: Environment): Promise<RealServer> {
  const configured = environment[kind.variable]
  if (configured) return useConfigured(kind, configured)
  if (kind.isInstalled()) return kind.start()
  if (await kind.answers({ host: '127.0.0.1', port: kind.defaultPort })) return foreignServer(kind.runningUrl)
  if (canInstall()) {
    await install(kind, say)
    return kind.start()
  }
  if (await hasCompose()) {
    say(`${kind.name} is missing: starting it with docker compose.`)
    return startByCompose(kind.compose.service, kind.compose.url)
  }
  throw new Error(`${kind.name} is missing. Install the package ${kind.package}, or Docker with compose, or set ${kind.variable} to a running server.`)
}

async function providePostgres(environment: Environment): Promise<RealServer> {
  const configured = environment.DATABASE_ADMIN_URL
  if (configured) return useConfigured({ name: 'PostgreSQL', variable: 'DATABASE_ADMIN_URL', defaultPort: 5432, answers: postgresAnswers }, configured)
  return findPostgres() ? startPostgres() : startEmbedded()
}

async function useConfigured(kind: Pick<Kind, 'name' | 'variable' | 'defaultPort' | 'answers'>, url: string): Promise<RealServer> {
  const { hostname, port } = new URL(url)
  if (await kind.answers({ host: hostname, port: Number(port) || kind.defaultPort })) return foreignServer(url)
  throw new Error(`${kind.variable} names a server at ${hostname}, but no ${kind.name} answers there.`)
}
