/**
 * `npm run docs`: writes docs/generated/, packages/contracts/schema-lock.json and the types of packages/client from the code.
 * `--check` writes nothing: it fails, saying what differs, on a file that is not as the code makes it.
 * Either way it fails on an event that nobody emits and on a consumer of nothing.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { SERVICE_NAMES } from '@ai-crm/contracts'
import { withSearching } from '@ai-crm/platform'
import { loadServices } from '../catalog.ts'
import type { DocumentSources, GeneratedDocument } from '../docs/document.ts'
import { generatedDocuments } from '../docs/documents.ts'
import { findEventGaps } from '../docs/events-document.ts'
import { describeChanges, LOCK_PATH } from '../docs/schema-lock.ts'

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url))
const MAX_LINES_SHOWN = 40
const isCheck = process.argv.includes('--check')

const sources: DocumentSources = {
  services: (await loadServices(SERVICE_NAMES)).map(withSearching),
  sourceOf: (service) =>
    globSync(`services/${service}/src/**/*.ts`, { cwd: ROOT })
      .filter((file) => !/\.(?:test|fixture)\.ts$/.test(file))
      .map((file) => readFileSync(path.join(ROOT, file), 'utf8').replaceAll(/^import [^;]*? from .*$/gm, ''))
      .join('\n'),
}

const complaints = [
  ...findEventGaps(sources),
  ...generatedDocuments(sources).flatMap((document) => (isCheck ? compare(document) : write(document))),
  ...clientTypes(),
]
for (const complaint of complaints) console.error(complaint)
console.log(complaints.length === 0 ? `The generated documents are ${isCheck ? 'up to date' : 'written'}.` : '')
process.exitCode = complaints.length === 0 ? 0 : 1

/** By a program of its own: its generator needs a TypeScript that is not ours. */
function clientTypes(): string[] {
  const { status, stderr } = spawnSync(process.execPath, ['packages/client/generate.ts', ...(isCheck ? ['--check'] : [])], { cwd: ROOT, encoding: 'utf8' })
  return status === 0 ? [] : [stderr.trim()]
}

function write(document: GeneratedDocument): string[] {
  const file = path.join(ROOT, document.path)
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, document.text)
  return []
}

function compare({ path: name, text }: GeneratedDocument): string[] {
  const file = path.join(ROOT, name)
  const committed = existsSync(file) ? readFileSync(file, 'utf8') : ''
  if (committed === text) return []
  const changes = name === LOCK_PATH && committed !== '' ? describeChanges(JSON.parse(committed), JSON.parse(text)) : []
  const shown = changes.slice(0, MAX_LINES_SHOWN).map((line) => `  ${line}`)
  const rest = changes.length > MAX_LINES_SHOWN ? [`  … and ${changes.length - MAX_LINES_SHOWN} more`] : []
  return [
    [`${name} is not what the code says. If the change is meant (additive only; a break is a new version), run: npm run docs`, ...shown, ...rest].join('\n'),
  ]
}
