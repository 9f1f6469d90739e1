import { spawn } from 'node:child_process'
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import type { GuardMutant } from './guard-mutant.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const ONE_RUN_MS = 300_000

/** Applies a change by its exact text; throws where the guard no longer reads so: then the mutant has to follow it. */
export function mutate(source: string, { guard, file, from, to }: GuardMutant): string {
  const found = source.split(from).length - 1
  if (found !== 1) throw new Error(`"${guard}": its text stands ${found} times in ${file}, not once.`)
  return source.replace(from, () => to)
}

/** A copy of the tree in a temporary directory, in which guards can be taken away. */
export interface MutantCopy {
  /** True when all the tests pass. */
  passes(project: string, tests: readonly string[]): Promise<boolean>
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
  const passes: MutantCopy['passes'] = async (project, tests) => (await runTests(dir, project, tests)) === 0
  return {
    passes,
    async isNoticed(mutant) {
      const file = join(dir, mutant.file)
      const whole = readFileSync(file, 'utf8')
      writeFileSync(file, mutate(whole, mutant))
      try {
        return !(await passes(mutant.project, [mutant.test]))
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

function runTests(dir: string, project: string, tests: readonly string[]): Promise<number> {
  return new Promise((settle) => {
    const args = ['node_modules/vitest/vitest.mjs', 'run', '--project', project, '--reporter=dot', '--bail=1', ...tests]
    const child = spawn(process.execPath, args, {
      cwd: dir,
      stdio: 'ignore',
      timeout: ONE_RUN_MS,
      env: { ...process.env, VITEST: undefined, VITEST_WORKER_ID: undefined },
    })
    child.on('exit', (code) => settle(code ?? 1))
    child.on('error', () => settle(1))
  })
}
