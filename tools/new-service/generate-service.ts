import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { contractFiles } from './contract-files.ts'
import { applyEdit, editsFor } from './edits.ts'
import type { Names } from './names.ts'
import { serviceFiles } from './service-files.ts'

/** Writes the service and its contracts below `root` and enters it in the lists. Returns what it touched. Changes nothing if it cannot do all. */
export function generateService(root: string, names: Names): string[] {
  if (existsSync(path.join(root, 'services', names.service))) throw new Error(`services/${names.service} exists already.`)

  const texts = new Map(Object.entries({ ...serviceFiles(names), ...contractFiles(names) }))
  for (const edit of editsFor(names)) {
    texts.set(edit.path, applyEdit(texts.get(edit.path) ?? readFileSync(path.join(root, edit.path), 'utf8'), edit))
  }
  for (const [file, text] of texts) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
    writeFileSync(path.join(root, file), text)
  }
  return [...texts.keys()]
}
