import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Project } from '../project.ts'
import type { Violation } from '../violation.ts'

const NAMES_FILE = 'packages/contracts/src/core/endpoint.ts'
const CATALOGUE_FILE = 'apps/server/src/catalog.ts'

/** The folders of services/, SERVICE_NAMES and the server's catalogue list the same services. */
export function checkCatalogue(project: Project): Violation[] {
  const folders = readdirSync(path.join(project.root, 'services'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
  const names = servicesNamedIn(readFileSync(path.join(project.root, NAMES_FILE), 'utf8'))
  const catalogueFile = path.join(project.root, CATALOGUE_FILE)
  const catalogue = existsSync(catalogueFile)
    ? [...readFileSync(catalogueFile, 'utf8').matchAll(/@ai-crm\/([a-z-]+)'/g)].flatMap(([, name]) =>
        name === undefined || ['platform', 'contracts'].includes(name) ? [] : [name],
      )
    : []
  return [...compare(folders, names, NAMES_FILE, 'SERVICE_NAMES'), ...compare(folders, catalogue, CATALOGUE_FILE, 'the catalogue')]
}

function servicesNamedIn(source: string): string[] {
  const list = /SERVICE_NAMES = \[([^\]]*)\]/.exec(source)?.[1] ?? ''
  return [...list.matchAll(/'([^']+)'/g)].flatMap(([, name]) => name ?? [])
}

function compare(folders: readonly string[], listed: readonly string[], file: string, list: string): Violation[] {
  const missing = folders
    .filter((name) => !listed.includes(name))
    .map((name) => ({ path: file, problem: `services/${name} is not in ${list}.`, cure: 'Add it there, or delete the folder.' }))
  const surplus = listed
    .filter((name) => !folders.includes(name))
    .map((name) => ({ path: file, problem: `${list} names "${name}", which has no folder in services/.`, cure: 'Take it out: no empty shells.' }))
  return [...missing, ...surplus]
}
