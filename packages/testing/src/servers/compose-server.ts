import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { RealServer } from './real-server.ts'

const run = promisify(execFile)
const FILE = fileURLToPath(new URL('compose.yml', import.meta.url))
const compose = (...words: string[]) => run('docker', ['compose', '-f', FILE, ...words])

/** Whether there is a Docker engine that answers, with its compose plugin. */
export const hasCompose = (): Promise<boolean> =>
  Promise.all([run('docker', ['info'], { timeout: 5_000 }), run('docker', ['compose', 'version'], { timeout: 5_000 })]).then(
    () => true,
    () => false,
  )

/** A server of compose.yml, on the port that is published there. */
export async function startByCompose(service: string, url: string): Promise<RealServer> {
  await compose('up', '-d', '--wait', service)
  return {
    url,
    isOurs: true,
    stop: async () => void (await compose('rm', '-sfv', service)),
    kill: async () => void (await compose('kill', service)),
    restart: async () => void (await compose('up', '-d', '--wait', '--force-recreate', service)),
  }
}
