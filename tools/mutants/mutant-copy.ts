import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import type { GuardMutant } from './guard-mutant.ts'
import { failureOf } from './run-tests.ts'

const ROOT = resolve(import.meta.dirname, '../..')

/** Applies a change by its exact text; throws where the guard no longer reads so: then the mutant has to follow it. */
export function mutate(source: string, { guard, file, from, to }: GuardMutant): string {
  const found = source.split(from).length - 1
  if (found !== 1) throw new Error(`"${guard}": its text stands ${found} times in ${file}, not once.`)
  return source.replace(from, () => to)
}

/** A copy of the tree in a temporary directory, in which guards can be taken away. */
export interface MutantCopy {
  /** What the tests printed where they do not all pass; null where they do. */
  failureOf(project: string, tests: readonly string[]): Promise<string | null>
  /** True when the test turns red without the guard; the copy is whole again afterwards. */
  isNoticed(mutant: GuardMutant): Promise<boolean>
  remove(): void
}

export function copyTree(): MutantCopy {
  const dir = mkdtempSync(join(tmpdir(), 'ai-crm-mutants-'))
  const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  for (const file of files.split('\0').filter(Boolean)) {
    mkdirSync(dirname(join(dir, file)), { recursive: true })
    cpSync(join(ROOT, file), join(dir, file), { force: true })
  }
  linkModules(dir)
  return {
    failureOf: (project, tests) => failureOf(dir, project, tests),
    async isNoticed(mutant) {
      const file = join(dir, mutant.file)
      const whole = readFileSync(file, 'utf8')
      writeFileSync(file, mutate(whole, mutant))
      try {
        return (await failureOf(dir, mutant.project, [mutant.test], '--bail=1')) !== null
      } finally {
        writeFileSync(file, whole)
      }
    },
    remove: () => rmSync(dir, { recursive: true, force: true }),
  }
}

/** What was installed is shared; our own workspaces are those of the copy. */
function linkModules(dir: string): void {
  const [installed, linked] = [join(ROOT, 'node_modules'), join(dir, 'node_modules')]
  mkdirSync(linked)
  for (const name of readdirSync(installed)) if (name !== '@ai-crm' && name !== '.vite') symlinkSync(join(installed, name), join(linked, name))
  cpSync(join(installed, '@ai-crm'), join(linked, '@ai-crm'), { recursive: true, verbatimSymlinks: true })
}
