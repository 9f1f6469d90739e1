import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { checkProject } from './check-project.ts'
import { report } from './violation.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'architecture-'))
  for (const [file, text] of Object.entries(CLEAN)) write(file, text)
})
afterEach(() => rmSync(root, { recursive: true }))

const manifest = (name: string, dependencies: string[] = []) =>
  JSON.stringify({ name: `@ai-crm/${name}`, dependencies: Object.fromEntries(dependencies.map((dependency) => [dependency, '*'])) })
const README = ['Owns', 'HTTP', 'Emits', 'Consumes', 'Calls', 'Config', 'Run alone', 'Not here'].map((part) => `- **${part}** …`).join('\n')

const lockFile = (packages: Readonly<Record<string, object>>) => JSON.stringify({ packages })
const LIBRARY = { version: '4.6.7', integrity: 'sha512-abc', license: 'MIT' }

/** A repository in which nothing is wrong. */
const CLEAN: Readonly<Record<string, string>> = {
  'package-lock.json': lockFile({ 'services/crm': { dependencies: { zod: '4.6.7', '@ai-crm/platform': '*' } }, 'node_modules/zod': LIBRARY }),
  'packages/contracts/package.json': manifest('contracts', ['zod']),
  'packages/contracts/src/index.ts': `export * from './core/endpoint.ts'\n`,
  'packages/contracts/src/core/endpoint.ts': `import { z } from 'zod'\nexport const SERVICE_NAMES = ['crm', 'sales'] as const\nexport const Name = z.string()\n`,
  'packages/platform/package.json': manifest('platform', ['@ai-crm/contracts']),
  'packages/platform/src/index.ts': `export * from './context.ts'\n`,
  'packages/platform/src/context.ts': `import type { Name } from '@ai-crm/contracts'\nimport path from 'node:path'\nexport const here = path.sep\nexport type Named = typeof Name\n`,
  'services/crm/package.json': manifest('crm', ['@ai-crm/platform']),
  'services/crm/README.md': README,
  'services/crm/src/service.ts': `import { here } from '@ai-crm/platform'\nexport default here\n`,
  'services/sales/package.json': manifest('sales', ['@ai-crm/platform']),
  'services/sales/README.md': README,
  'services/sales/src/service.ts': `export default {}\n`,
  'apps/server/package.json': manifest('server', ['@ai-crm/crm', '@ai-crm/sales']),
  'apps/server/src/catalog.ts': `export const catalog = { crm: () => import('@ai-crm/crm'), sales: () => import('@ai-crm/sales') }\nexport const home = process.env['HOME']\n`,
  'apps/web/package.json': manifest('web', ['@ai-crm/contracts']),
  'apps/web/src/features/inbox/list.tsx': `export const List = () => null\n`,
  'apps/web/src/features/contacts/page.tsx': `export const Page = () => null\n`,
}

function write(file: string, text: string): void {
  const target = path.join(root, file)
  mkdirSync(path.dirname(target), { recursive: true })
  writeFileSync(target, text)
}

/** What the check says after one file was changed. */
function violationsAfter(file: string, text: string): string {
  write(file, text)
  return checkProject(root).map(report).join('\n')
}

it('finds nothing in a repository that keeps the rules', () => {
  expect(checkProject(root)).toEqual([])
})

describe('imports that go the wrong way', () => {
  it.each([
    ['a service imports another', 'services/crm/src/deal.ts', `import sales from '@ai-crm/sales'\nexport { sales }`, 'services/crm imports services/sales'],
    [
      'the platform imports a service',
      'packages/platform/src/boot.ts',
      `export const boot = () => import('@ai-crm/crm')`,
      'packages/platform imports services/crm',
    ],
    [
      'contracts import the platform',
      'packages/contracts/src/crm.ts',
      `export { here } from '@ai-crm/platform'`,
      'packages/contracts imports packages/platform',
    ],
    [
      'the web app imports the platform',
      'apps/web/src/main.ts',
      `import type { Named } from '@ai-crm/platform'\nexport type X = Named`,
      'apps/web imports packages/platform',
    ],
    ['a service reaches another by a relative path', 'services/crm/src/deal.ts', `export * from '../../sales/src/service.ts'`, 'by a relative path'],
    [
      'a web feature imports another',
      'apps/web/src/features/inbox/panel.tsx',
      `export { Page } from '../contacts/page.tsx'`,
      'feature "inbox" imports the feature "contacts"',
    ],
  ])('%s', (_name, file, text, problem) => {
    expect(violationsAfter(file, text)).toContain(problem)
  })

  it('lets tests import the testing package, and nothing else do', () => {
    write('packages/testing/package.json', manifest('testing'))
    const text = `import { startService } from '@ai-crm/testing'\nexport { startService }`
    expect(violationsAfter('services/crm/src/deal.int.test.ts', text)).toBe('')
    expect(violationsAfter('services/crm/src/deal.ts', text)).toContain('services/crm imports packages/testing')
  })
})

it('finds a cycle through three files, once', () => {
  write('services/crm/src/one.ts', `export * from './two.ts'`)
  write('services/crm/src/two.ts', `import type { Three } from './three.ts'\nexport type Two = Three`)
  const found = violationsAfter('services/crm/src/three.ts', `export type Three = typeof import('./one.ts')\nexport { x } from './one.ts'`)
  expect(found.match(/Import cycle/g)).toHaveLength(1)
  expect(found).toContain('Import cycle of 3 files')
})

it('finds a package that the workspace does not declare', () => {
  expect(violationsAfter('services/crm/src/deal.ts', `import pg from 'pg/lib/client'\nexport { pg }`)).toContain(
    'Imports pg, which services/crm/package.json does not declare',
  )
})

describe('the vocabulary of files', () => {
  it.each([
    ['services/crm/src/createDeal.ts', 'not kebab-case'],
    ['services/crm/src/utils.ts', '"utils" says nothing'],
    ['services/crm/src/helpers/name.ts', '"helpers" says nothing'],
    ['services/crm/src/deals/index.ts', 'Only a package has an index.ts'],
  ])('refuses %s', (file, problem) => {
    expect(violationsAfter(file, 'export const x = 1\n')).toContain(problem)
  })

  it('refuses a file of 301 lines and takes one of 300', () => {
    expect(violationsAfter('services/crm/src/long.ts', 'export {}\n'.repeat(300))).toBe('')
    expect(violationsAfter('services/crm/src/tables.ts', 'export {}\n'.repeat(301))).toBe('')
    expect(violationsAfter('services/crm/src/long.ts', 'export {}\n'.repeat(301))).toContain('301 lines')
  })
})

it('finds the environment read outside of configuration, however it is spelled', () => {
  expect(violationsAfter('services/crm/src/deal.ts', `export const url = process.env.URL`)).toContain('Reads process.env')
  expect(violationsAfter('services/crm/src/deal.ts', `export const url = process['env']['URL']`)).toContain('Reads process.env')
  expect(violationsAfter('services/crm/src/deal.ts', `const { env } = process\nexport const url = env['URL']`)).toContain('deal.ts:1')
  expect(violationsAfter('services/crm/src/deal.ts', `// process.env is read in config.ts\nexport const text = 'process.env'`)).toBe('')
})

it('finds types that claim instead of knowing', () => {
  expect(violationsAfter('services/crm/src/deal.ts', `export const a: any = 1\nexport const b = a!`)).toMatch(
    /deal\.ts:1\n {2}Says `any`[\s\S]*deal\.ts:2\n {2}Claims by `!`/,
  )
})

it('finds services that folders, names and catalogue do not agree on', () => {
  write('services/billing/package.json', manifest('billing'))
  write('services/billing/README.md', README)
  const found = violationsAfter(
    'packages/contracts/src/core/endpoint.ts',
    `import { z } from 'zod'\nexport const SERVICE_NAMES = ['crm', 'sales', 'ghost'] as const\nexport const Name = z.string()\n`,
  )
  expect(found).toContain('services/billing is not in SERVICE_NAMES')
  expect(found).toContain('services/billing is not in the catalogue')
  expect(found).toContain('names "ghost", which has no folder')
})

it('finds a service without README, and one that leaves something out', () => {
  rmSync(path.join(root, 'services/sales/README.md'))
  const found = violationsAfter('services/crm/README.md', README.replace('**Consumes**', 'Consumes'))
  expect(found).toContain('services/sales/README.md\n  The service has no README.md.')
  expect(found).toContain('services/crm/README.md\n  Does not say: Consumes.')
})

describe('the inventory of libraries', () => {
  it.each([
    ['a library without a hash', 'node_modules/zod', { ...LIBRARY, integrity: undefined }, 'zod has no version or hash'],
    ['a library from elsewhere', 'node_modules/zod', { ...LIBRARY, resolved: 'git+ssh://somewhere/zod.git' }, 'zod comes from git+ssh'],
    ['a licence that asks too much', 'node_modules/zod', { ...LIBRARY, license: 'AGPL-3.0' }, 'zod has the licence AGPL-3.0'],
    ['one of two licences that asks too much', 'node_modules/zod', { ...LIBRARY, license: '(MIT AND GPL-3.0)' }, 'zod has the licence'],
    ['a library that nobody licenses', 'node_modules/zod', { ...LIBRARY, license: undefined }, 'zod has the licence none'],
    ['a script that runs at the installation', 'node_modules/a/node_modules/zod', { ...LIBRARY, hasInstallScript: true }, 'zod runs a script'],
    ['a version that may move', 'services/crm', { dependencies: { zod: '^4.6.7' } }, 'services/crm/package.json'],
  ])('finds what nobody should install: %s', (_what, place, entry, problem) => {
    expect(violationsAfter('package-lock.json', lockFile({ [place]: entry }))).toContain(problem)
  })

  it('takes whichever of two licences fits', () => {
    expect(violationsAfter('package-lock.json', lockFile({ 'node_modules/zod': { ...LIBRARY, license: '(GPL-3.0 OR MIT)' } }))).toBe('')
  })
})
