import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { globSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { postgresAnswers } from './answers.ts'
import { freePort } from './free-port.ts'
import type { RealServer } from './real-server.ts'
import { serve } from './serve.ts'
import { throwAwayDirectory } from './throw-away-directory.ts'

const run = promisify(execFile)
const INSTALLED = '/usr/lib/postgresql/*/bin/postgres'
export const findPostgres = (): string | undefined => globSync(INSTALLED).toSorted().at(-1)

/** PostgreSQL refuses to run as root; Debian's package brings the user for it. */
const serverUser = (): string | undefined => (process.getuid?.() === 0 ? 'postgres' : undefined)

/** The machine's own PostgreSQL with a new cluster; the URL is the superuser's. Ready in about 2 s. */
export async function startPostgres(): Promise<RealServer> {
  const command = findPostgres()
  if (!command) throw new Error(`PostgreSQL is not installed: nothing at ${INSTALLED}.`)
  const [directory, port, password] = [throwAwayDirectory('ai-crm-postgres-'), await freePort(), randomBytes(16).toString('hex')]
  const user = serverUser()
  await createCluster(dirname(command), directory, password, user)
  return serve(`postgres://postgres:${password}@127.0.0.1:${port}/postgres`, directory, [
    {
      command,
      // A killed process loses nothing without fsync, only a killed machine does.
      args: ['-D', join(directory, 'data'), '-p', String(port), '-h', '127.0.0.1', '-k', '', '-c', 'fsync=off', '-c', 'max_connections=300'],
      ...(user ? { user } : {}),
      stopSignal: 'SIGINT',
      isReady: () => postgresAnswers({ host: '127.0.0.1', port }),
      readyWithinMs: 30_000,
    },
  ])
}

async function createCluster(binaries: string, directory: string, password: string, user: string | undefined): Promise<void> {
  await writeFile(join(directory, 'password'), password, { mode: 0o600 })
  if (user) await run('chown', ['-R', user, directory])
  const initdb = join(binaries, 'initdb')
  const options = ['-D', join(directory, 'data'), '-U', 'postgres', '--auth=scram-sha-256', '--encoding=UTF8', '--locale=C.UTF-8', '--no-sync']
  const args = [...options, `--pwfile=${join(directory, 'password')}`]
  if (user) await run('setpriv', [`--reuid=${user}`, `--regid=${user}`, '--init-groups', initdb, ...args])
  else await run(initdb, args)
}
