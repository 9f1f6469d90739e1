import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { startTestCluster } from '@ai-crm/testing/cluster'
import { findServiceSchemas } from '@ai-crm/testing/service-schemas'
import { readTables, type Table } from './generate-tables/read-tables.ts'
import { renderTables } from './generate-tables/render-tables.ts'

// node tools/generate-tables.ts [service …] [--check]
// Writes services/<service>/src/tables.ts from its migrations; --check only compares and fails on a difference.
const words = process.argv.slice(2)
const isCheck = words.includes('--check')
const wanted = words.filter((word) => !word.startsWith('--'))

// A service without tables of its own: what it has is the platform's and in no service's Tables.
const BLANK = 'blank'
const emptyDirectory = mkdtempSync(path.join(tmpdir(), 'no-migrations-'))
const services = findServiceSchemas().filter(({ name }) => wanted.length === 0 || wanted.includes(name))
const cluster = await startTestCluster([...services, { name: BLANK, migrations: pathToFileURL(`${emptyDirectory}/`) }])

try {
  const platformTables = new Set((await readTables(cluster, BLANK)).map((table) => table.name))
  const outdated: string[] = []
  for (const { name } of services) {
    const own = (await readTables(cluster, name)).filter((table) => !platformTables.has(table.name))
    if (!write(name, own)) outdated.push(name)
  }
  if (outdated.length > 0) {
    console.error(`Tables do not match the migrations: ${outdated.join(', ')}. Run: node tools/generate-tables.ts ${outdated.join(' ')}`)
    process.exitCode = 1
  }
} finally {
  await cluster.stop()
  rmSync(emptyDirectory, { recursive: true })
}

/** Returns whether the file is as it should be; without --check it is afterwards. */
function write(service: string, tables: readonly Table[]): boolean {
  const file = new URL(`../services/${service}/src/tables.ts`, import.meta.url)
  const text = renderTables(service, tables)
  if (isCheck) return existsSync(file) && readFileSync(file, 'utf8') === text
  mkdirSync(new URL('./', file), { recursive: true })
  writeFileSync(file, text)
  console.log(`services/${service}/src/tables.ts: ${tables.map((table) => table.name).join(', ')}`)
  return true
}
