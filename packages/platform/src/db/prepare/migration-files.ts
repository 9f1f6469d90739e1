import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export interface MigrationFile {
  /** `platform/0001_event_log.sql` or `0001_contact.sql`: the key in `schema_migration`. */
  readonly name: string
  readonly sql: string
  /** SHA-256 of the text. */
  readonly checksum: string
}

const PLATFORM_MIGRATIONS = new URL('../../../migrations/', import.meta.url)
const FILE_NAME = /^(\d{4})_[a-z0-9_]+\.sql$/

/** The platform's own tables first, then the service's. Throws on a doubled number or a strange name. */
export function readServiceMigrations(directory: URL): readonly MigrationFile[] {
  return [...readMigrations(PLATFORM_MIGRATIONS, 'platform/'), ...readMigrations(directory, '')]
}

function readMigrations(directory: URL, prefix: string): readonly MigrationFile[] {
  const fileNames = readdirSync(directory)
    .filter((name) => name.endsWith('.sql'))
    .toSorted()
  let previous = 0
  return fileNames.map((fileName) => {
    const number = Number(FILE_NAME.exec(fileName)?.[1])
    if (!(number > previous)) throw new Error(`${fileURLToPath(directory)}: ${fileName} is not 000N_<name>.sql with the next number.`)
    previous = number
    const sql = readFileSync(new URL(fileName, directory), 'utf8')
    return { name: `${prefix}${fileName}`, sql, checksum: sha256(sql) }
  })
}

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
