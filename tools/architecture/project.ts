import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { readSource, type SourceFile } from './source-file.ts'

export interface Workspace {
  /** From the root: `services/crm`. */
  readonly directory: string
  /** As in imports: `@ai-crm/crm`. */
  readonly name: string
  readonly dependencies: ReadonlySet<string>
  readonly devDependencies: ReadonlySet<string>
  readonly sources: readonly SourceFile[]
}

/** The repository as the rules see it. */
export interface Project {
  readonly root: string
  readonly workspaces: readonly Workspace[]
}

const Manifest = z.object({
  name: z.string(),
  dependencies: z.record(z.string(), z.string()).default({}),
  optionalDependencies: z.record(z.string(), z.string()).default({}),
  devDependencies: z.record(z.string(), z.string()).default({}),
})

const SOURCES = ['src/**/*.{ts,tsx}', '*.ts']

/** Reads every workspace of packages/, services/ and apps/. */
export function readProject(root: string): Project {
  const directories = ['packages', 'services', 'apps']
    .filter((group) => existsSync(path.join(root, group)))
    .flatMap((group) => readdirSync(path.join(root, group)).map((name) => `${group}/${name}`))
    .filter((directory) => existsSync(path.join(root, directory, 'package.json')))
  return { root, workspaces: directories.map((directory) => readWorkspace(root, directory)) }
}

function readWorkspace(root: string, directory: string): Workspace {
  const manifest = Manifest.parse(JSON.parse(readFileSync(path.join(root, directory, 'package.json'), 'utf8')))
  const files = globSync(SOURCES, { cwd: path.join(root, directory), exclude: (name) => name === 'node_modules' || name === 'dist' })
  return {
    directory,
    name: manifest.name,
    dependencies: new Set([...Object.keys(manifest.dependencies), ...Object.keys(manifest.optionalDependencies)]),
    devDependencies: new Set(Object.keys(manifest.devDependencies)),
    sources: files.toSorted().map((file) => readSource(root, `${directory}/${file}`)),
  }
}

/** Files that only tests use: they may know more than what they test. */
export const isTestFile = (file: string): boolean =>
  /\.(?:test|fixture)\.tsx?$|-(?:fixture|conformance)\.tsx?$|\/(?:testing|fixtures)\/|\/test-[^/]+$/.test(file)
