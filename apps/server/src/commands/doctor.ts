/**
 * `npm run doctor`: looks at what the configuration names and says, line by line, what works, what is missing and
 * what to do about it. Changes nothing but making DATA_DIR. Exits 1 if something that was configured does not answer.
 */
import { access, constants, mkdir } from 'node:fs/promises'
import { createConnection } from 'node:net'
import { SERVICE_NAMES } from '@ai-crm/contracts'
import { pingScanner, readConfig } from '@ai-crm/platform'
import { loadServices } from '../catalog.ts'
import { environment, readProcessConfig, type ProcessConfig } from '../config.ts'

interface Finding {
  readonly isGood: boolean
  readonly subject: string
  readonly advice: string
}

const good = (subject: string, advice = ''): Finding => ({ isGood: true, subject, advice })
const bad = (subject: string, advice: string): Finding => ({ isGood: false, subject, advice })

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
const isNodeNewEnough = major > 22 || (major === 22 && minor >= 18)

const DEFAULT_PORTS: Readonly<Record<string, number>> = {
  'postgres:': 5432,
  'postgresql:': 5432,
  'redis:': 6379,
  'rediss:': 6379,
  'amqp:': 5672,
  'amqps:': 5671,
  'http:': 80,
  'https:': 443,
}
const CONNECT_TIMEOUT_MS = 3_000

function answers(url: string): Promise<boolean> {
  const { hostname, port, protocol } = new URL(url)
  return new Promise((resolve) => {
    const socket = createConnection({ host: hostname, port: Number(port || DEFAULT_PORTS[protocol]), timeout: CONNECT_TIMEOUT_MS })
    const end = (isThere: boolean) => {
      socket.destroy()
      resolve(isThere)
    }
    socket.once('connect', () => end(true))
    socket.once('error', () => end(false))
    socket.once('timeout', () => end(false))
  })
}

async function lookAtServer(name: string, url: string | undefined, without: string): Promise<Finding> {
  if (!url) return good(`${name}: not configured`, without)
  const { host } = new URL(url)
  return (await answers(url))
    ? good(`${name}: ${host} answers`)
    : bad(`${name}: ${host} does not answer`, 'Is it running, is the address right, does a firewall stand between?')
}

async function lookAtScanner(): Promise<Finding> {
  const { CLAMD_URL: url } = environment()
  if (!url) return good('Scanner for malware: not configured', 'Files of strangers are given out as they came. CLAMD_URL names a clamd.')
  if (!URL.canParse(url)) return bad(`Scanner for malware: ${url} is no address`, 'tcp://host:3310 or unix:///run/clamav/clamd.ctl')
  return (await pingScanner(url, AbortSignal.timeout(CONNECT_TIMEOUT_MS)))
    ? good(`Scanner for malware: ${url} answers`)
    : bad(`Scanner for malware: ${url} does not answer`, 'Files of strangers wait for it and are given to nobody until then.')
}

async function lookAtDataDir(config: ProcessConfig): Promise<Finding> {
  const isWritable = await mkdir(config.DATA_DIR, { recursive: true })
    .then(() => access(config.DATA_DIR, constants.W_OK))
    .then(
      () => true,
      () => false,
    )
  return isWritable
    ? good(`DATA_DIR: ${config.DATA_DIR} can be written`)
    : bad(`DATA_DIR: ${config.DATA_DIR} cannot be written`, 'Give this user the right to, or name another folder.')
}

async function lookAtServices(): Promise<Finding[]> {
  const services = await loadServices(SERVICE_NAMES)
  return services.map(({ name, config }) => {
    try {
      readConfig(config, environment())
      return good(`${name}: configuration is right`)
    } catch (error) {
      return bad(`${name}: configuration is wrong`, error instanceof Error ? error.message : String(error))
    }
  })
}

const config = readProcessConfig()
const findings = [
  isNodeNewEnough
    ? good(`Node ${process.versions.node}`)
    : bad(`Node ${process.versions.node} is too old`, 'Run by npm (npm start), which uses the Node 24 that npm ci installed, or install Node 22.18 or later.'),
  await lookAtDataDir(config),
  await lookAtServer('PostgreSQL', config.DATABASE_URL, 'The embedded one is used, in DATA_DIR.'),
  await lookAtServer('Redis', config.REDIS_URL, 'Cache, limits and live updates stay inside one process.'),
  await lookAtServer('RabbitMQ', config.RABBITMQ_URL, 'Events stay inside one process.'),
  await lookAtServer('Elasticsearch', config.ELASTICSEARCH_URL, 'PostgreSQL searches.'),
  await lookAtScanner(),
  ...(await lookAtServices()),
]
for (const { isGood, subject, advice } of findings) process.stdout.write(`${isGood ? 'ok ' : 'BAD'}  ${subject}${advice ? `\n       ${advice}` : ''}\n`)
process.exit(findings.every(({ isGood }) => isGood) ? 0 : 1)
