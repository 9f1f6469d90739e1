import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { promisify } from 'node:util'

const run = promisify(execFile)
const INSTALL_TIMEOUT_MS = 300_000

/** Debian, Ubuntu and their children, when we may install. */
export const canInstall = (): boolean => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')

/** Only one apt-get runs at a time, whichever process asks: one that finds another's lock fails. */
const LOCK = '/tmp/ai-crm-apt-get.lock'

/** Once for all packages that a process installs. */
let updated: Promise<unknown> | null = null

/** Installs a package of the distribution; its service is not started, because tests start their own. */
export async function installPackage(name: string): Promise<void> {
  const options = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' }, timeout: INSTALL_TIMEOUT_MS }
  updated ??= run('flock', [LOCK, 'apt-get', 'update', '-qq'], options)
  await updated.catch((error: unknown) => {
    // The next one tries again.
    updated = null
    throw error
  })
  await run('flock', [LOCK, 'apt-get', 'install', '-y', '-qq', '--no-install-recommends', name], options)
}
