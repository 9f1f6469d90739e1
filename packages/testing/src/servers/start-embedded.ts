import { startEmbeddedPostgres } from '@ai-crm/platform'
import { rm } from 'node:fs/promises'
import type { RealServer } from './real-server.ts'
import { throwAwayDirectory } from './throw-away-directory.ts'

/** The PostgreSQL that comes with npm, as a server of its own; one that is killed is started again by its keeper. */
export async function startEmbedded(): Promise<RealServer> {
  const dataDir = throwAwayDirectory('ai-crm-embedded-')
  const log = { info: () => undefined, error: (_fields: unknown, message?: string) => console.error(message) }
  const start = () => startEmbeddedPostgres({ dataDir, log, settings: { fsync: 'off', max_connections: '300' } })
  let server = await start()
  return {
    url: server.superuserUrl,
    isOurs: true,
    async stop() {
      await server.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
    async kill() {
      if (server.pid !== undefined) process.kill(server.pid, 'SIGKILL')
    },
    async restart() {
      await server.stop()
      server = await start()
    },
  }
}
