import type { TestDatabase } from '@ai-crm/testing/database'
import { startFakeMailWorld, type FakeMailWorld } from '@ai-crm/testing/fakes/mail-world'
import { startWebhookReceiver } from '@ai-crm/testing/fakes/webhook-receiver'
import { freePort } from '@ai-crm/testing/servers'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MortalProgram } from './mortal-program.fixture.ts'

export interface Ports {
  readonly port: number
  readonly smtpPort: number
  readonly opsPort: number
}

export const freePorts = async (): Promise<Ports> => ({ port: await freePort(), smtpPort: await freePort(), opsPort: await freePort() })

export interface CrashWorld {
  readonly world: FakeMailWorld
  readonly receiver: Awaited<ReturnType<typeof startWebhookReceiver>>
  /** The real program on the database; it dies at each point of the chain in turn. */
  start(chain: readonly string[], ports: Ports, more?: Readonly<Record<string, string>>): MortalProgram
  close(): Promise<void>
}

/** Everything around the program that must outlive its deaths. */
export async function startWorld({ name, cluster }: TestDatabase): Promise<CrashWorld> {
  const world = await startFakeMailWorld()
  const receiver = await startWebhookReceiver()
  const dataDir = await mkdtemp(join(tmpdir(), 'ai-crm-crash-'))
  const administrator = new URL(cluster.adminUrl)
  administrator.pathname = `/${name}`
  const databaseUrl = new URL(administrator)
  databaseUrl.username = databaseUrl.password = ''
  return {
    world,
    receiver,
    start(chain, ports, more = {}) {
      const environment = {
        PORT: String(ports.port),
        SMTP_PORT: String(ports.smtpPort),
        OPS_PORT: String(ports.opsPort),
        DATA_DIR: dataDir,
        DATABASE_URL: databaseUrl.href,
        DATABASE_ADMIN_URL: administrator.href,
        MASTER_SECRET: cluster.masterSecret,
        PUBLIC_URL: `http://localhost:${ports.port}`,
        SMTP_RELAY_URL: world.url,
        SEND_UNDO_SECONDS: '0',
        EGRESS_ALLOWED_HOSTS: '127.0.0.1',
        DEMO: 'off',
        LOG_LEVEL: 'warn',
        ...more,
      }
      const program = new MortalProgram(environment, chain)
      program.start()
      return program
    },
    async close() {
      await world.stop()
      await receiver.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** Ends the program afterwards; what it wrote stands in the failure. All points of the chain must have been reached. */
export async function dieThrough(program: MortalProgram, chain: readonly string[], life: () => Promise<void>): Promise<void> {
  try {
    await life()
    if (program.deaths < chain.length) throw new Error(`It never reached ${chain[program.deaths] ?? ''}.`)
  } catch (error) {
    throw new Error(`${String(error)}\n${program.output.slice(-3_000)}`, { cause: error })
  } finally {
    await program.stop()
  }
}
