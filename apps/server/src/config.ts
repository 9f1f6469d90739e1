import { SERVICE_NAMES, type ServiceName } from '@ai-crm/contracts'
import { defineConfig, readConfig, secret, type ConfigOf } from '@ai-crm/platform'
import { z } from 'zod'
import { requireEncryption } from './encryption.ts'

const port = (fallback: number) => z.coerce.number().int().min(0).max(65_535).default(fallback)
const url = z.url().optional()
const upstreams = z
  .string()
  .transform((list) => list.split(',').map((item) => item.trim().replace(/\/$/, '')))
  .pipe(z.array(z.url()).min(1))
  .optional()

/** Variables of the process itself; each service adds its own in services/<name>/src/config.ts. */
export const processConfig = defineConfig({
  PORT: port(3000).describe('Port of the web app and the API; 0 picks a free one.'),
  HOST: z.string().default('127.0.0.1').describe('Address to listen on; 0.0.0.0 to be reached from other machines.'),
  TLS_CERT: z.string().optional().describe('File with the certificate chain (PEM): PORT then speaks HTTPS only. Absent: HTTP, for a proxy that ends TLS.'),
  TLS_KEY: secret(z.string()).optional().describe('File with the private key (PEM) of TLS_CERT.'),
  REDIRECT_PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65_535)
    .optional()
    .describe('Port without TLS that sends pages over to PUBLIC_URL and refuses the API; with TLS_CERT only.'),
  ENCRYPTION: z
    .enum(['chosen', 'required'])
    .default('chosen')
    .describe('Whether the program refuses to start where a connection beyond this machine would not be encrypted.'),
  OPS_PORT: port(3001).describe('Port of /livez, /readyz and /metrics; 0 picks a free one.'),
  OPS_HOST: z.string().default('127.0.0.1').describe('Address of the operations port.'),
  DATA_DIR: z.string().default('.data').describe('Folder of the embedded PostgreSQL and of the secrets made at the first start.'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace']).default('info').describe('How much is logged.'),
  PUBLIC_URL: url.describe('Where people reach the web app, when it is not http://localhost:PORT.'),
  MASTER_SECRET: secret(z.string().min(32))
    .optional()
    .describe('Secret from which all keys and database passwords are derived; required with DATABASE_URL, made and kept in DATA_DIR otherwise.'),
  OTHER_MASTER_SECRET: secret(z.string().min(32))
    .optional()
    .describe('A second master secret that opens and verifies but seals and signs nothing: the next or the previous one, while it is exchanged.'),
  DATABASE_URL: url.describe('PostgreSQL of all services, without user: postgres://host:5432/name. Absent: the embedded server.'),
  DATABASE_ADMIN_URL: secret(z.url())
    .optional()
    .describe('An account that may create roles and schemas: used by the migrate command, and at start when it is given.'),
  REDIS_URL: secret(z.url()).optional().describe('Redis for cache, rate limits and live updates. Absent: in process, for one process only.'),
  RABBITMQ_URL: secret(z.url()).optional().describe('RabbitMQ for events. Absent: in process, for one process only.'),
  ELASTICSEARCH_URL: secret(z.url())
    .optional()
    .describe('Elasticsearch 9 for the search of records. Absent: PostgreSQL searches, as it does while Elasticsearch is away.'),
  ELASTICSEARCH_PREFIX: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,40}$/)
    .default('ai-crm')
    .describe('Before the names of the indices in Elasticsearch: several installations can share a cluster.'),
  AUTH_URL: upstreams.describe('Base URLs of the auth service where it runs in other processes, separated by commas.'),
  CRM_URL: upstreams.describe('Base URLs of the crm service where it runs in other processes, separated by commas.'),
  MESSAGING_URL: upstreams.describe('Base URLs of the messaging service where it runs in other processes, separated by commas.'),
  AI_URL: upstreams.describe('Base URLs of the ai service where it runs in other processes, separated by commas.'),
  WEBHOOK_URL: upstreams.describe('Base URLs of the webhook service where it runs in other processes, separated by commas.'),
  PIPELINE_URL: upstreams.describe('Base URLs of the pipeline service where it runs in other processes, separated by commas.'),
  WEBSOCKET_URL: upstreams.describe('Base URLs of the websocket service where it runs in other processes, separated by commas.'),
  TRUSTED_PROXY_HOPS: z.coerce.number().int().min(0).max(10).default(0).describe('Proxies in front whose X-Forwarded-* headers are believed.'),
  RATE_LIMIT_REPLICAS: z.coerce
    .number()
    .int()
    .min(1)
    .max(1_000)
    .default(4)
    .describe('Processes that share the rate limits: while Redis is away each of them allows this part of every limit.'),
  OTEL_EXPORTER_OTLP_ENDPOINT: url.describe('Where traces are sent by OTLP over HTTP, e.g. http://jaeger:4318. Absent: no tracing.'),
  FAILPOINTS: z
    .string()
    .optional()
    .describe('Where the process kills itself, for tests of crashes; refused unless NODE_ENV is "test" or --allow-failpoints is given.'),
  LATENESS_MS: z.coerce
    .number()
    .int()
    .min(1)
    .max(10_000)
    .optional()
    .describe('Up to how late every event, push, request and answer comes, at random, for tests of what people see then; refused as FAILPOINTS are.'),
  DEMO: z.enum(['on', 'off']).optional().describe('Whether a demo organisation exists; on by default with the embedded PostgreSQL only.'),
  DEMO_PASSWORD: secret(z.string().min(12)).optional().describe('Password of the demo organisation; made and kept in DATA_DIR otherwise.'),
})
export type ProcessConfig = ConfigOf<typeof processConfig>

/** Throws, naming the variables, on what is wrong. */
export const readProcessConfig = (): ProcessConfig => requireEncryption(readConfig(processConfig, process.env), process.env)

/** Everything that was set from outside, for the services' own `readConfig`. */
export const environment = (): Readonly<Record<string, string | undefined>> => process.env

/**
 * What `FAILPOINTS` says, where somebody who tests has said so twice: a variable that was left behind must not kill a
 * process that serves people.
 */
export function readFailpoints({ FAILPOINTS }: Pick<ProcessConfig, 'FAILPOINTS'>, argv: readonly string[]): string | null {
  if (FAILPOINTS === undefined) return null
  if (isTested(argv)) return FAILPOINTS
  throw new Error('FAILPOINTS is set: it kills the process. Unset it, or say --allow-failpoints where crashes are tested.')
}

/** What `LATENESS_MS` says, on the same condition. */
export function readLateness({ LATENESS_MS }: Pick<ProcessConfig, 'LATENESS_MS'>, argv: readonly string[]): number | null {
  if (LATENESS_MS === undefined) return null
  if (isTested(argv)) return LATENESS_MS
  throw new Error('LATENESS_MS is set: it makes everything slow. Unset it, or say --allow-failpoints where lateness is tested.')
}

const isTested = (argv: readonly string[]): boolean => process.env['NODE_ENV'] === 'test' || argv.includes('--allow-failpoints')

const isServiceName = (name: string): name is ServiceName => SERVICE_NAMES.some((known) => known === name)

/** `--services=crm,ai` → those; without the flag all of them. Throws on a name that does not exist. */
export function readServiceNames(argv: readonly string[]): readonly ServiceName[] {
  const flag = argv.find((argument) => argument.startsWith('--services='))
  if (!flag) return SERVICE_NAMES
  const names = flag.slice('--services='.length).split(',')
  const unknown = names.filter((name) => !isServiceName(name))
  if (unknown.length > 0) throw new Error(`--services names ${unknown.join(', ')}, which does not exist. There are: ${SERVICE_NAMES.join(', ')}.`)
  return SERVICE_NAMES.filter((name) => names.includes(name))
}

/** Where people reach the web app: what was configured, else this process. */
export const publicUrlOf = (config: Pick<ProcessConfig, 'PUBLIC_URL' | 'PORT'>): string => config.PUBLIC_URL ?? `http://localhost:${config.PORT}`
