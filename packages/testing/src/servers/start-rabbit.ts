import { globSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { answers, rabbitAnswers } from './answers.ts'
import { freePort } from './free-port.ts'
import type { RealServer } from './real-server.ts'
import { serve } from './serve.ts'
import { throwAwayDirectory } from './throw-away-directory.ts'

/** Debian keeps the script that can run without systemd and as root below the versioned folder. */
const INSTALLED = '/usr/lib/rabbitmq/lib/rabbitmq_server-*/sbin/rabbitmq-server'
export const findRabbit = (): string | undefined => globSync(INSTALLED).toSorted().at(-1)

/** A real RabbitMQ of its own, with its own port mapper (epmd). Ready in about 6 s; user and password `guest`. */
export async function startRabbit(): Promise<RealServer> {
  const command = findRabbit()
  if (!command) throw new Error(`RabbitMQ is not installed: nothing at ${INSTALLED}.`)
  const directory = throwAwayDirectory('ai-crm-rabbit-')
  const ports = { amqp: await freePort(), cluster: await freePort(), epmd: await freePort() }
  await writeConfig(directory, ports.amqp)
  return serve(`amqp://guest:guest@127.0.0.1:${ports.amqp}`, directory, [
    {
      command: 'epmd',
      args: ['-port', String(ports.epmd), '-address', '127.0.0.1'],
      stopSignal: 'SIGTERM',
      // Request 110, NAMES, is answered by the number of the port in four bytes.
      isReady: () => answers({ host: '127.0.0.1', port: ports.epmd }, '\0\x01n', '\0\0'),
      readyWithinMs: 10_000,
    },
    {
      command,
      args: [],
      env: environment(directory, ports),
      stopSignal: 'SIGTERM',
      isReady: () => rabbitAnswers({ host: '127.0.0.1', port: ports.amqp }),
      readyWithinMs: 60_000,
    },
  ])
}

async function writeConfig(directory: string, port: number): Promise<void> {
  await mkdir(join(directory, 'home'))
  await writeFile(join(directory, 'home/.erlang.cookie'), randomBytes(16).toString('hex'), { mode: 0o400 })
  await writeFile(join(directory, 'enabled_plugins'), '[].')
  const settings = [
    `listeners.tcp.default = 127.0.0.1:${port}`,
    'vm_memory_high_watermark.absolute = 512MB',
    'disk_free_limit.absolute = 50MB',
    'log.console = true',
    'log.console.level = warning',
    'log.file = false',
  ]
  await writeFile(join(directory, 'rabbitmq.conf'), settings.join('\n'))
}

function environment(directory: string, ports: { amqp: number; cluster: number; epmd: number }): Record<string, string> {
  return {
    HOME: join(directory, 'home'),
    RABBITMQ_NODENAME: `test-${ports.amqp}@localhost`,
    RABBITMQ_NODE_PORT: String(ports.amqp),
    RABBITMQ_NODE_IP_ADDRESS: '127.0.0.1',
    RABBITMQ_DIST_PORT: String(ports.cluster),
    ERL_EPMD_PORT: String(ports.epmd),
    ERL_EPMD_ADDRESS: '127.0.0.1',
    RABBITMQ_MNESIA_BASE: join(directory, 'mnesia'),
    RABBITMQ_LOG_BASE: join(directory, 'log'),
    RABBITMQ_LOGS: '-',
    RABBITMQ_ENABLED_PLUGINS_FILE: join(directory, 'enabled_plugins'),
    RABBITMQ_CONFIG_FILE: join(directory, 'rabbitmq'),
    RABBITMQ_CONF_ENV_FILE: '/dev/null',
    // The script then becomes the server instead of waiting for it: our signals reach it.
    RUNNING_UNDER_SYSTEMD: 'true',
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '-kernel inet_dist_use_interface {127,0,0,1} +S 1:1 +sbwt none',
  }
}
