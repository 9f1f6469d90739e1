import { SERVICE_NAMES, type ServiceName } from '@ai-crm/contracts'
import {
  armFailpoints,
  createLogger,
  createShutdown,
  readCertificate,
  startOperationsServer,
  startProcess,
  startTracing,
  subscriptionOf,
  watchDependencies,
  withSearching,
  type RunningProcess,
  type ServiceHost,
} from '@ai-crm/platform'
import { openAdapters } from './adapters.ts'
import { announce } from './banner.ts'
import { loadServices } from './catalog.ts'
import { environment, publicUrlOf, readFailpoints, readLateness, readProcessConfig, readServiceNames, type ProcessConfig } from './config.ts'
import { openPostgres } from './database.ts'
import { prepareDemo } from './demo.ts'
import { requireEncryptedDoor } from './encryption.ts'
import { delayAdapters, delayAnswers } from './lateness.ts'
import { listen, portError } from './listen.ts'
import { openRedirects } from './redirects.ts'
import { masterSecretsOf } from './secrets.ts'

/**
 * Starts the services that the command line names, on what the configuration names: the whole product in one
 * process, or one microservice of many. Resolves when it answers requests; ends by SIGTERM or SIGINT.
 */
export async function start(argv: readonly string[], startedAtMs: number): Promise<void> {
  const config = requireEncryptedDoor(readProcessConfig())
  const names = readServiceNames(argv)
  const log = createLogger({ level: config.LOG_LEVEL, isPretty: process.stdout.isTTY })
  const shutdown = createShutdown(log)
  const closing: (() => Promise<void>)[] = []
  try {
    const secrets = await masterSecretsOf(config)
    const catalogue = await loadServices(SERVICE_NAMES)
    armFailpoints(readFailpoints(config, argv))
    if (config.OTEL_EXPORTER_OTLP_ENDPOINT) {
      const tracing = await startTracing({ endpoint: config.OTEL_EXPORTER_OTLP_ENDPOINT, processName: processName(names) })
      closing.unshift(() => tracing.stop())
    }
    const postgres = await openPostgres(config, secrets, catalogue, log)
    closing.unshift(() => postgres.stop())
    const latenessMs = readLateness(config, argv)
    const adapters = delayAdapters(await openAdapters(config, log), latenessMs)
    closing.unshift(() => adapters.close())
    const all = adapters.search ? catalogue.map(withSearching) : catalogue
    const demo = await prepareDemo(config)
    const running = await startProcess({
      services: all.filter((definition) => names.includes(definition.name)),
      subscriptions: all.map(subscriptionOf),
      environment: { ...environment(), PUBLIC_URL: publicUrlOf(config), ...demo?.environment },
      adapters,
      ...secrets,
      log,
      upstreams: upstreamsOf(config),
      redisUrl: config.REDIS_URL ?? null,
      allowedOrigins: config.PUBLIC_URL ? [new URL(config.PUBLIC_URL).origin] : [],
      trustedProxyHops: config.TRUSTED_PROXY_HOPS,
      certificate: await readCertificate(config.TLS_CERT, config.TLS_KEY),
      databaseLogin: postgres.login,
    })
    closing.unshift(() => running.stop())
    const { cache, bus, search } = adapters
    watchDependencies({ cache: () => cache.isHealthy(), bus: () => bus.isHealthy(), ...(search ? { search: () => search.isHealthy() } : {}) })
    const operations = await startOperationsServer({
      host: config.OPS_HOST,
      port: config.OPS_PORT,
      isDatabaseReachable: () => areDatabasesReachable(running),
      log,
    }).catch((error: unknown) => {
      throw portError(error, 'OPS_PORT', config.OPS_PORT)
    })
    closing.unshift(() => operations.stop())
    delayAnswers(running.app.server, latenessMs)
    const port = await listen(running.app, config.HOST, config.PORT)
    closing.unshift(await openRedirects(config))

    shutdown.step('drain', 1_000, () => operations.drain())
    shutdown.step('stop', 28_000, () => closeAll(closing))
    shutdown.listen()
    operations.markStarted()
    announce({ config, names, port, opsPort: operations.port, smtpPort: running.listensOn['smtp'] ?? null, startedInMs: Date.now() - startedAtMs, demo })
  } catch (error) {
    await closeAll(closing)
    throw error
  }
}

const areDatabasesReachable = async ({ services }: RunningProcess): Promise<boolean> =>
  (await Promise.all([...services.values()].map(({ database }) => database.isHealthy()))).every(Boolean)

/** In reverse of opening; a part that does not close does not keep the others open. */
async function closeAll(closing: readonly (() => Promise<void>)[]): Promise<void> {
  for (const close of closing) await close().catch((error: unknown) => process.stderr.write(`${String(error)}\n`))
}

const processName = (names: readonly ServiceName[]): string => (names.length === SERVICE_NAMES.length ? 'ai-crm' : names.join('+'))

const upstreamsOf = (config: ProcessConfig): ServiceHost['upstreams'] => ({
  ...(config.AUTH_URL ? { auth: config.AUTH_URL } : {}),
  ...(config.CRM_URL ? { crm: config.CRM_URL } : {}),
  ...(config.MESSAGING_URL ? { messaging: config.MESSAGING_URL } : {}),
  ...(config.AI_URL ? { ai: config.AI_URL } : {}),
  ...(config.WEBHOOK_URL ? { webhook: config.WEBHOOK_URL } : {}),
  ...(config.PIPELINE_URL ? { pipeline: config.PIPELINE_URL } : {}),
  ...(config.WEBSOCKET_URL ? { websocket: config.WEBSOCKET_URL } : {}),
})
