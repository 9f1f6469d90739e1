/**
 * The whole proof in one command (`npm test`): static checks, then the suites on real servers, embedded and
 * distributed. Ends with `N passed, N failed` and exits 1 unless everything passed.
 *
 * `npm test -- checks unit` runs only the named parts: checks, unit, int, e2e.
 */
import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { REPORT_FILE, type SuiteReport } from './suite-reporter.ts'

type Tally = SuiteReport

const CHECKS: Readonly<Record<string, readonly string[]>> = {
  'types of the server side': ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json', '--singleThreaded'],
  'types of the web app': ['node_modules/typescript/bin/tsc', '-p', 'apps/web/tsconfig.json', '--singleThreaded'],
  lint: ['node_modules/oxlint/bin/oxlint', '--type-aware'],
  architecture: ['tools/check-architecture.ts'],
  'generated documents': ['apps/server/src/commands/docs.ts', '--check'],
  'generated tables': ['tools/generate-tables.ts', '--check'],
  'verdicts of the ASVS': ['tools/asvs.ts', '--check'],
  'links of the documents': ['tools/check-docs.ts'],
  migrations: ['node_modules/squawk-cli/js/bin/squawk', 'packages/platform/migrations/*.sql', 'services/*/migrations/*.sql'],
}
/**
 * Two checks run at a time, each on a core of its own: several checkers in one program check what they share several times. What these
 * short programs forget soon needs no collecting. What Node compiles for them, the product's programs find compiled in the suites.
 */
const CHECK_SETTINGS = { GOMAXPROCS: '1', GOGC: '300', NODE_COMPILE_CACHE: join(import.meta.dirname, '../node_modules/.cache/compiled') }
const SUITES = ['unit', 'int', 'e2e'] as const

const wanted = process.argv.slice(2)
const isWanted = (part: string) => wanted.length === 0 || wanted.includes(part)

const run = (args: readonly string[], settings: Readonly<Record<string, string>>): Promise<number> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, args, { stdio: 'inherit', env: { ...process.env, ...settings } })
    child.on('exit', (code) => resolve(code ?? 1))
    child.on('error', () => resolve(1))
  })

/** Tells what the command printed when it has ended: another one runs beside it. */
const runQuietly = (args: readonly string[]): Promise<{ code: number; output: string }> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...CHECK_SETTINGS } })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (output += text))
    child.on('close', (code) => resolve({ code: code ?? 1, output }))
    child.on('error', (error) => resolve({ code: 1, output: String(error) }))
  })

async function runChecks(): Promise<Tally> {
  const failures: string[] = []
  const waiting = Object.entries(CHECKS)
  const workThrough = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [name, command] = next
      const { code, output } = await runQuietly(command)
      console.log(`${output}${code === 0 ? 'ok' : 'FAILED'}  ${name}`)
      if (code !== 0) failures.push(`check: ${name}`)
    }
  }
  await Promise.all([workThrough(), workThrough()])
  return { passed: Object.keys(CHECKS).length - failures.length, failed: failures.length, skipped: 0, failures }
}

/** A suite that failed without a failed test (a crash, no test found) counts as one failure. */
async function runSuite(project: string, reportDir: string): Promise<Tally> {
  const reportFile = join(reportDir, `${project}.json`)
  const args = ['node_modules/vitest/vitest.mjs', 'run', '--project', project, '--reporter=default', '--reporter=./tools/suite-reporter.ts']
  const code = await run(args, { [REPORT_FILE]: reportFile })
  const text = await readFile(reportFile, 'utf8').catch(() => null)
  if (text === null) return { passed: 0, failed: 1, skipped: 0, failures: [`${project}: it ended with ${code} and without a report`] }
  const report: SuiteReport = JSON.parse(text)
  if (code === 0 || report.failed > 0) return report
  return { ...report, failed: 1, failures: [`${project}: it ended with ${code} although no test failed; its log says why`] }
}

async function timed(part: string, work: () => Promise<Tally>): Promise<Tally> {
  const startedAt = performance.now()
  const tally = await work()
  console.log(`${part}: ${Math.round((performance.now() - startedAt) / 1000)} s`)
  return tally
}

// The network is waited for while the checks are at work. What could not be installed is said by the tests that need it.
const installed = isWanted('int') || isWanted('e2e') ? runQuietly(['packages/testing/src/servers/install-missing.ts']) : null

const reportDir = await mkdtemp(join(tmpdir(), 'ai-crm-test-'))
const tallies: Tally[] = []
if (isWanted('checks')) tallies.push(await timed('checks', runChecks))
if (installed) console.log((await installed).output.trim())
for (const suite of SUITES) if (isWanted(suite)) tallies.push(await timed(suite, () => runSuite(suite, reportDir)))
await rm(reportDir, { recursive: true, force: true })

const sum = (key: 'passed' | 'failed' | 'skipped') => tallies.reduce((total, tally) => total + tally[key], 0)
const skipped = sum('skipped')
for (const failure of tallies.flatMap(({ failures }) => failures)) console.log(`FAILED  ${failure}`)
console.log(`${sum('passed')} passed, ${sum('failed')} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
process.exit(sum('failed') > 0 ? 1 : 0)
