import type { ProcessConfig } from './config.ts'

type Connections = Pick<
  ProcessConfig,
  | 'ENCRYPTION'
  | 'HOST'
  | 'TLS_CERT'
  | 'TRUSTED_PROXY_HOPS'
  | 'DATABASE_URL'
  | 'DATABASE_ADMIN_URL'
  | 'REDIS_URL'
  | 'RABBITMQ_URL'
  | 'ELASTICSEARCH_URL'
  | 'OTEL_EXPORTER_OTLP_ENDPOINT'
> &
  Readonly<Record<`${string}_URL`, unknown>>

const ENCRYPTED = new Set(['https:', 'rediss:', 'amqps:'])
const isLocal = ({ hostname }: URL): boolean => ['localhost', '127.0.0.1', '[::1]', ''].includes(hostname)

/** PostgreSQL says it in a parameter; `prefer` would go on in plain text where somebody in between says so. */
const isEncrypted = (url: URL): boolean =>
  url.protocol === 'postgres:' || url.protocol === 'postgresql:'
    ? ['require', 'verify-ca', 'verify-full'].includes(url.searchParams.get('sslmode') ?? '')
    : ENCRYPTED.has(url.protocol)

/** What would leave this machine in plain text, by the names of the variables that say so. */
export function plainConnections(config: Connections): readonly string[] {
  const urls = Object.entries(config).flatMap(([name, value]) =>
    (name.endsWith('_URL') && name !== 'PUBLIC_URL') || name === 'OTEL_EXPORTER_OTLP_ENDPOINT' ? [value].flat().map((url) => [name, String(url)] as const) : [],
  )
  const plain = urls.filter(([, value]) => URL.canParse(value) && !isLocal(new URL(value)) && !isEncrypted(new URL(value))).map(([name]) => name)
  const isDoorOpen = !config.TLS_CERT && config.HOST !== '127.0.0.1' && config.HOST !== 'localhost' && config.HOST !== '::1'
  return [...new Set([...(isDoorOpen ? ['TLS_CERT'] : []), ...plain])].toSorted()
}

/** The same configuration. Throws, naming every variable, where encryption is required and something would go without. */
export function requireEncryption<Config extends Connections>(config: Config): Config {
  const plain = config.ENCRYPTION === 'required' ? plainConnections(config) : []
  if (plain.length === 0) return config
  throw new Error(`ENCRYPTION is required, and ${plain.join(', ')} would be without. Give https, rediss, amqps, sslmode=verify-full, TLS_CERT.`)
}
