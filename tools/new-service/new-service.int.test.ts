import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, existsSync, globSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { checkProject } from '../architecture/check-project.ts'
import { report } from '../architecture/violation.ts'
import { generateService } from './generate-service.ts'
import { namesOf, thingOf } from './names.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const copy = mkdtempSync(path.join(tmpdir(), 'new-service-'))

beforeAll(() => {
  for (const file of execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: ROOT, encoding: 'utf8' }).split('\n')) {
    if (/^(?:packages|services|apps|tools)\/|^[^/]+\.(?:json|ts)$/.test(file)) cpSync(path.join(ROOT, file), path.join(copy, file), { recursive: true })
  }
  generateService(copy, namesOf('surveying', thingOf('surveying')))
  linkModules()
})
afterAll(() => rmSync(copy, { recursive: true }))

/** What `npm install` would do: everything as it is here, but the workspaces of the copy. */
function linkModules(): void {
  const scope = path.join(copy, 'node_modules', '@ai-crm')
  mkdirSync(scope, { recursive: true })
  for (const name of readdirSync(path.join(ROOT, 'node_modules'))) {
    // What the compiler remembers of here is not true there.
    if (name !== '@ai-crm' && name !== '.cache') symlinkSync(path.join(ROOT, 'node_modules', name), path.join(copy, 'node_modules', name))
  }
  for (const group of ['packages', 'services', 'apps']) {
    for (const name of readdirSync(path.join(copy, group))) {
      symlinkSync(path.join(copy, group, name), path.join(scope, name))
      // Where a workspace needs another version than the rest.
      const own = path.join(ROOT, group, name, 'node_modules')
      if (existsSync(own)) symlinkSync(own, path.join(copy, group, name, 'node_modules'))
    }
  }
}

/** Throws with all that it printed: compilers complain on standard output. */
function run(...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: copy, encoding: 'utf8' })
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}\n${stdout}${stderr}`)
  return stdout
}

it('makes a service that keeps the walls', () => {
  expect(
    checkProject(copy)
      .filter(({ path: file }) => file.includes('survey'))
      .map(report),
  ).toEqual([])
})

it('makes a service that compiles, and with which all others do', () => {
  const tests = globSync('services/surveying/src/**/*.test.ts', { cwd: copy })
  // What the others' tests say is checked where they are; a list that a new service is missing from is a type error of the product.
  const product = { extends: './tsconfig.json', include: ['packages/*/src', 'services/*/src', 'apps/server/src'], exclude: ['**/*.test.ts'], files: tests }
  writeFileSync(path.join(copy, 'tsconfig.product.json'), JSON.stringify(product))
  expect(tests).not.toEqual([])
  run('node_modules/typescript/bin/tsc', '-p', 'tsconfig.product.json', '--incremental', 'false', '--singleThreaded')
}, 300_000)

it('makes a service that boots on a database of its own and passes its own tests', () => {
  const output = run('node_modules/vitest/vitest.mjs', 'run', '--project', 'int', 'services/surveying')
  expect(output).toMatch(/3 passed/)
}, 300_000)

it('refuses names that are none, and a service that exists', () => {
  expect(() => namesOf('Surveying', 'survey')).toThrow('no name')
  expect(() => namesOf('survey', 'survey')).toThrow('different names')
  expect(() => generateService(copy, namesOf('surveying', 'survey'))).toThrow('exists already')
})
