import { execFile, execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it, onTestFinished } from 'vitest'
import { DEMO, type RunningSystem } from '../system.ts'

const repository = fileURLToPath(new URL('../../../', import.meta.url))
const EXAMPLE = join(repository, 'packages/client/examples/contacts.ts')
const run = promisify(execFile)

/** What the example prints when everything went as it should. */
const STORY = /^created Ada \d+\nwalked \d+ contacts, ours among them\nrefused with platform\.request\.invalid: \/name\nchanged to version 2\ndeleted\n$/

/** The example of packages/client, run as people would run it against the product. */
export function clientProgram(system: () => RunningSystem): void {
  const tell = async (script: string): Promise<string> => {
    const environment = { PATH: process.env['PATH'] ?? '', CRM_URL: system().url, CRM_EMAIL: DEMO.email, CRM_PASSWORD: DEMO.password }
    return (await run(process.execPath, [script], { env: environment })).stdout
  }

  describe('a program of somebody else', () => {
    it('creates, walks, is refused, changes and deletes by the client of this repository', async () => {
      expect(await tell(EXAMPLE)).toMatch(STORY)
    })

    it('does the same with the package installed outside of the repository, where it type-checks too', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'ai-crm-client-'))
      onTestFinished(() => rmSync(folder, { recursive: true }))
      installClient(folder)
      cpSync(EXAMPLE, join(folder, 'contacts.mts'))
      expect(await tell(join(folder, 'contacts.mts'))).toMatch(STORY)
      const checks = ['--noEmit', '--strict', '--target', 'es2024', '--module', 'nodenext', '--types', 'node', 'contacts.mts']
      await run(process.execPath, [join(repository, 'node_modules/typescript/bin/tsc'), ...checks], { cwd: folder })
    })
  })
}

/** What `npm pack` and `npm install` would leave there, without a registry. */
function installClient(folder: string): void {
  execFileSync(process.execPath, [join(repository, 'packages/client/build.ts')])
  const modules = join(folder, 'node_modules')
  mkdirSync(modules)
  cpSync(join(repository, 'packages/client/dist'), join(modules, '@ai-crm/client'), { recursive: true })
  for (const name of ['openapi-fetch', 'openapi-typescript-helpers', '@types/node', 'undici-types']) {
    mkdirSync(dirname(join(modules, name)), { recursive: true })
    cpSync(join(repository, 'node_modules', name), join(modules, name), { recursive: true })
  }
}
