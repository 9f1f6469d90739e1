interface Wanted {
  readonly ENCRYPTION: 'chosen' | 'required'
}
/** Of the process: every variable of such a name is an address, or several. */
interface Connections extends Wanted {
  readonly [name: `${string}_URL`]: unknown
  readonly OTEL_EXPORTER_OTLP_ENDPOINT?: string | undefined
}
interface Door extends Wanted {
  readonly HOST: string
  readonly TLS_CERT?: string | undefined
}

const ENCRYPTED = new Set(['https:', 'rediss:', 'amqps:', 'smtps:'])
const isLocal = ({ hostname }: URL): boolean => ['localhost', '127.0.0.1', '[::1]', ''].includes(hostname)

/** PostgreSQL says it in a parameter; `prefer` would go on in plain text where somebody in between says so. */
const isEncrypted = (url: URL): boolean =>
  url.protocol === 'postgres:' || url.protocol === 'postgresql:'
    ? ['require', 'verify-ca', 'verify-full'].includes(url.searchParams.get('sslmode') ?? '')
    : ENCRYPTED.has(url.protocol)

/** As they were set, for the services that connect by themselves. */
type Environment = Readonly<Record<string, string | undefined>>

/** The relay speaks TLS unless somebody says otherwise. */
const ofServices = ({ AI_BASE_URL, CLAMD_URL, SMTP_RELAY_URL, SMTP_RELAY_TLS }: Environment) => ({
  AI_BASE_URL,
  CLAMD_URL,
  SMTP_RELAY_URL: SMTP_RELAY_TLS === 'if-offered' ? SMTP_RELAY_URL : undefined,
})

/** What would leave this machine in plain text, by the names of the variables that say so. */
export function plainConnections(config: Connections, environment: Environment): readonly string[] {
  const urls = Object.entries({ ...config, ...ofServices(environment) }).flatMap(([name, value]) =>
    (name.endsWith('_URL') && name !== 'PUBLIC_URL') || name === 'OTEL_EXPORTER_OTLP_ENDPOINT' ? [value].flat().map((url) => [name, String(url)] as const) : [],
  )
  const plain = urls.filter(([, value]) => URL.canParse(value) && !isLocal(new URL(value)) && !isEncrypted(new URL(value))).map(([name]) => name)
  return [...new Set(plain)].toSorted()
}

/** The same configuration. Throws, naming every variable, where encryption is required and a connection would go without. */
export function requireEncryption<Config extends Connections>(config: Config, environment: Environment): Config {
  const plain = config.ENCRYPTION === 'required' ? plainConnections(config, environment) : []
  if (plain.length === 0) return config
  throw new Error(`ENCRYPTION is required, and ${plain.join(', ')} would be without. Give https, rediss, amqps, smtps, sslmode=verify-full.`)
}

/** The same configuration. Throws where encryption is required and whoever comes from another machine would be served without. */
export function requireEncryptedDoor<Config extends Door>(config: Config): Config {
  const { ENCRYPTION, TLS_CERT, HOST } = config
  if (ENCRYPTION !== 'required' || TLS_CERT || ['127.0.0.1', 'localhost', '::1'].includes(HOST)) return config
  throw new Error(`ENCRYPTION is required, and HOST=${HOST} would be without. Give TLS_CERT and TLS_KEY, or keep it on this machine.`)
}
