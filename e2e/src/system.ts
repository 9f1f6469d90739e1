import { createClient, type Client, type ServiceName } from '@ai-crm/contracts'
import { freePort, throwAwayDirectory, type Servers } from '@ai-crm/testing/servers'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { ProgramProcess, until } from './processes.ts'

/** The whole product, running as users run it. */
export interface RunningSystem {
  readonly mode: 'embedded' | 'distributed'
  /** The only public door. */
  readonly url: string
  /** Where mail is taken in; several in the distributed way, one per replica of messaging. */
  readonly smtpPorts: readonly number[]
  readonly processes: readonly ProgramProcess[]
  /** Null where everything is in one process. */
  readonly servers: Servers | null
  /** What all processes printed, for the message of a failure. */
  output(): string
  stop(): Promise<void>
}
export const DEMO = { email: 'demo@crm.localhost', password: 'a-demo-password-for-journeys', inbound: 'demo@crm.localhost' } as const

const common = (extra: Readonly<Record<string, string>>): Record<string, string> => ({
  HOST: '127.0.0.1',
  OPS_HOST: '127.0.0.1',
  LOG_LEVEL: 'info',
  DEMO: 'on',
  DEMO_PASSWORD: DEMO.password,
  SEND_UNDO_SECONDS: '0',
  // All journeys are one person from one address; how often one may try is tested at the gateway.
  RATE_LIMIT_SIGN_IN_PER_15_MINUTES: '1000',
  // Half a minute: for the journey of an organisation that leaves.
  DELETION_GRACE_HOURS: '0.0084',
  ERASURE_SETTLE_SECONDS: '1',
  // Receivers of webhooks stand on this machine, and nowhere else inside.
  EGRESS_ALLOWED_HOSTS: '127.0.0.1',
  ...extra,
})

const running = (parts: Pick<RunningSystem, 'mode' | 'url' | 'smtpPorts' | 'processes' | 'servers'>, dataDir: string): RunningSystem => ({
  ...parts,
  output: () => parts.processes.map((process) => `── ${process.name}\n${process.output}`).join('\n'),
  async stop() {
    await Promise.all(parts.processes.map((process) => process.stop()))
    await rm(dataDir, { recursive: true, force: true })
  },
})

/** The demo organisation takes mail: its mailbox is made a moment after the product is ready. */
async function untilDemoIsSetUp({ url }: RunningSystem): Promise<void> {
  const session = await createClient({ baseUrl: url, accessToken: () => null }).auth.signIn({ body: { email: DEMO.email, password: DEMO.password } })
  if (session.status !== 'signed-in') throw new Error('The demo owner has a second factor.')
  await untilSetUp(createClient({ baseUrl: url, accessToken: () => session.accessToken }))
}

/** Its mailbox, its pipeline and whatever else the other services give it: they hear of an organisation a moment later. */
export const untilSetUp = ({ auth }: Client): Promise<unknown> =>
  until('the organisation to be set up', async () => ((await auth.getMe()).organization.isSettingUp ? undefined : true))

/** One process with its embedded PostgreSQL: what `npm start` gives. */
export async function startEmbeddedSystem(extra: Readonly<Record<string, string>> = {}): Promise<RunningSystem> {
  const dataDir = throwAwayDirectory('ai-crm-e2e-')
  const [port, smtpPort, opsPort] = [await freePort(), await freePort(), await freePort()]
  const program = new ProgramProcess(
    'everything',
    port,
    [],
    common({
      PORT: String(port),
      SMTP_PORT: String(smtpPort),
      OPS_PORT: String(opsPort),
      DATA_DIR: dataDir,
      ...extra,
    }),
  )
  await program.start()
  const system = running({ mode: 'embedded', url: `http://localhost:${port}`, smtpPorts: [smtpPort], processes: [program], servers: null }, dataDir)
  await untilDemoIsSetUp(system)
  return system
}

/** A process per service, two of messaging and of ai. */
export const EVERYTHING: readonly ServiceName[] = ['auth', 'crm', 'messaging', 'messaging', 'ai', 'ai', 'webhook', 'pipeline', 'websocket', 'gateway']

/** A process for each service of the plan, on real PostgreSQL, Redis and RabbitMQ. */
export async function startDistributedSystem(
  servers: Servers,
  extra: Readonly<Record<string, string>> = {},
  plan: readonly ServiceName[] = EVERYTHING,
): Promise<RunningSystem> {
  const dataDir = throwAwayDirectory('ai-crm-e2e-')
  const places = await Promise.all(plan.map(async (service) => ({ service, port: await freePort(), opsPort: await freePort(), smtpPort: await freePort() })))
  const urlsOf = (service: ServiceName) => places.filter((place) => place.service === service).map((place) => `http://127.0.0.1:${place.port}`)
  const addresses = Object.fromEntries([...new Set(plan)].map((service) => [`${service.toUpperCase()}_URL`, urlsOf(service).join(',')]))
  const administrator = new URL(servers.postgres.url)
  const database = new URL(administrator)
  database.username = ''
  database.password = ''
  const gateway = places.find((place) => place.service === 'gateway')
  if (!gateway) throw new Error('The plan has no gateway.')
  const environment = common({
    DATABASE_URL: database.href,
    DATABASE_ADMIN_URL: administrator.href,
    REDIS_URL: servers.redis.url,
    RABBITMQ_URL: servers.rabbit.url,
    MASTER_SECRET: 'a master secret of the journeys, long enough',
    PUBLIC_URL: `http://localhost:${gateway.port}`,
    ...addresses,
    ...extra,
  })
  const processes = places.map(
    ({ service, port, opsPort, smtpPort }, index) =>
      new ProgramProcess(`${service}-${index}`, port, [`--services=${service}`], {
        ...environment,
        PORT: String(port),
        OPS_PORT: String(opsPort),
        SMTP_PORT: String(smtpPort),
        DATA_DIR: join(dataDir, String(index)),
      }),
  )
  // The first one prepares the databases; the others then find them ready.
  const [first, ...others] = processes
  await first?.start()
  await Promise.all(others.map((process) => process.start()))
  const smtpPorts = places.filter((place) => place.service === 'messaging').map((place) => place.smtpPort)
  const system = running({ mode: 'distributed', url: `http://localhost:${gateway.port}`, smtpPorts, processes, servers }, dataDir)
  await untilDemoIsSetUp(system)
  return system
}
