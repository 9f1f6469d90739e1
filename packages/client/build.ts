/** `node packages/client/build.ts`: makes packages/client/dist, a package for npm that knows nothing of this repository. */
import { execFileSync } from 'node:child_process'
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const here = import.meta.dirname
const dist = join(here, 'dist')
rmSync(dist, { recursive: true, force: true })
execFileSync(process.execPath, [join(here, '../../node_modules/typescript/bin/tsc'), '-p', join(here, 'tsconfig.build.json')], { stdio: 'inherit' })
cpSync(join(here, 'generated'), join(dist, 'generated'), { recursive: true })
cpSync(join(here, 'README.md'), join(dist, 'README.md'))
const { name, version, type, dependencies } = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8'))
const manifest = { name, version, type, dependencies, exports: { '.': { types: './src/index.d.ts', default: './src/index.js' } }, engines: { node: '>=20' } }
writeFileSync(join(dist, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`)
