import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { glob, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Builds apps/web when its sources differ from what dist was built from; `npm start` calls it every time.
 * The mark is a hash of contents, so a fresh clone, a checkout of an older commit and a touched file are told apart.
 */
const root = join(import.meta.dirname, '..')
const dist = join(root, 'apps/web/dist')
const MARK = '.built-from'
/** Whoever builds: under a test runner's NODE_ENV the app would carry React for developers, twice as large and as slow, to users too. */
const BUILT_FOR = 'production'

const SOURCES = [
  'apps/web/src/**/*',
  'apps/web/public/**/*',
  'apps/web/index.html',
  'apps/web/package.json',
  'apps/web/*.ts',
  'packages/contracts/package.json',
  'packages/contracts/src/**/*.ts',
  'package-lock.json',
]

/** Hex SHA-256 over the paths and contents of everything that the build reads. */
async function hashOfSources(): Promise<string> {
  const hash = createHash('sha256').update(BUILT_FOR)
  const files: string[] = []
  for await (const entry of glob(SOURCES, { cwd: root, withFileTypes: true })) {
    if (entry.isFile()) files.push(join(entry.parentPath, entry.name))
  }
  for (const file of files.toSorted())
    hash
      .update(file.slice(root.length))
      .update('\0')
      .update(await readFile(file))
      .update('\0')
  return hash.digest('hex')
}

/** Builds the web app into apps/web/dist unless dist is already of these sources. True when it built. */
export async function buildWeb(): Promise<boolean> {
  const wanted = await hashOfSources()
  const markFile = join(dist, MARK)
  const built = existsSync(markFile) ? await readFile(markFile, 'utf8') : ''
  if (built === wanted) return false
  // Loaded only when something is to be built: every start comes through here.
  const { build } = await import('vite')
  // Elsewhere first, then in one step: several installations may start from the same checkout at once.
  const fresh = join(root, `apps/web/.vite/dist-${process.pid}`)
  const { NODE_ENV } = process.env
  process.env['NODE_ENV'] = BUILT_FOR
  try {
    await build({ configFile: join(root, 'apps/web/vite.config.ts'), logLevel: 'warn', build: { outDir: fresh } })
  } finally {
    if (NODE_ENV === undefined) delete process.env['NODE_ENV']
    else process.env['NODE_ENV'] = NODE_ENV
  }
  await writeFile(join(fresh, MARK), wanted)
  await rm(dist, { recursive: true, force: true })
  await rename(fresh, dist)
  return true
}

if (import.meta.main) {
  const startedMs = performance.now()
  const didBuild = await buildWeb()
  console.log(didBuild ? `web app built in ${Math.round(performance.now() - startedMs)} ms` : 'web app is up to date')
}
