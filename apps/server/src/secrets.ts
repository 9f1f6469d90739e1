import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { MasterSecrets } from '@ai-crm/platform'
import type { ProcessConfig } from './config.ts'

/**
 * A secret that is made at the first start and kept in the data folder, readable by its owner only.
 * Two processes that start at once agree: the file is created exclusively, the loser reads the winner's.
 */
export async function keptSecret(dataDir: string, fileName: string, bytes: number): Promise<string> {
  const path = join(dataDir, fileName)
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  await writeFile(path, randomBytes(bytes).toString('base64url'), { flag: 'wx', mode: 0o600 }).catch(ignoreExisting)
  return (await readFile(path, 'utf8')).trim()
}

function ignoreExisting(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
}

/** The installation's secrets, the master one given or made at the first start where the data is embedded. */
export async function masterSecretsOf(config: ProcessConfig): Promise<MasterSecrets> {
  return { masterSecret: await masterSecretOf(config), otherMasterSecret: config.OTHER_MASTER_SECRET }
}

async function masterSecretOf(config: ProcessConfig): Promise<string> {
  if (config.MASTER_SECRET) return config.MASTER_SECRET
  if (config.DATABASE_URL) throw new Error('MASTER_SECRET is missing: with DATABASE_URL every process needs the same secret of at least 32 characters.')
  return keptSecret(config.DATA_DIR, 'master-secret', 48)
}
