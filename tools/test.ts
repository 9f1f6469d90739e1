/**
 * The whole proof in one command (`npm test`): static checks, then the suites on real servers, embedded and
 * distributed. Ends with `N passed, N failed` and exits 1 unless everything passed.
 *
 * `npm test -- checks unit` runs only the named parts: checks, unit, int, e2e.
 */
import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { stripVTControlCharacters } from 'node:util'

interface Tally {
  passed: number
  failed: number
  skipped: number
  /** What failed, a few lines each: told again at the end, where whoever reads the last page of a long log finds it. */
  failures: string[]
}

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
const SUITES = ['unit', 'int', 'e2e'] as const

const wanted = process.argv.slice(2)
const isWanted = (part: string) => wanted.length === 0 || wanted.includes(part)

const run = (args: readonly string[]): Promise<number> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, args, { stdio: 'inherit' })
    child.on('exit', (code) => resolve(code ?? 1))
    child.on('error', () => resolve(1))
  })

/** Tells what the command printed when it has ended: another one runs beside it. */
const runQuietly = (args: readonly string[]): Promise<{ code: number; output: string }> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (output += text))
    child.on('close', (code) => resolve({ code: code ?? 1, output }))
    child.on('error', (error) => resolve({ code: 1, output: String(error) }))
  })

async function runChecks(): Promise<Tally> {
  const tally: Tally = { passed: 0, failed: 0, skipped: 0, failures: [] }
  const waiting = Object.entries(CHECKS)
  const workThrough = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [name, command] = next
      const { code, output } = await runQuietly(command)
      console.log(`${output}${code === 0 ? 'ok' : 'FAILED'}  ${name}`)
      tally[code === 0 ? 'passed' : 'failed'] += 1
      if (code !== 0) tally.failures.push(`check: ${name}`)
    }
  }
  await Promise.all([workThrough(), workThrough()])
  return tally
}

/** Of vitest's JSON report. */
interface SuiteReport {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numPendingTests: number
  readonly testResults: readonly {
    /** Path of the file. */
    readonly name: string
    readonly status: string
    /** Of a file that could not be run. */
    readonly message: string
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string; readonly failureMessages: readonly string[] | null }[]
  }[]
}

/** As much as tells why: of a locator its call log, of a comparison the difference. */
const MOST_LINES = 6
const MOST_CHARACTERS = 600

const beginningOf = (text: string | undefined): string =>
  stripVTControlCharacters(text ?? '')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(0, MOST_LINES)
    .join('\n        ')
    .slice(0, MOST_CHARACTERS)

const failuresOf = ({ testResults }: SuiteReport): string[] =>
  testResults
    .filter(({ status }) => status === 'failed')
    .flatMap(({ name, message, assertionResults }) => {
      const file = relative(process.cwd(), name)
      const failed = assertionResults.filter(({ status }) => status === 'failed')
      if (failed.length === 0) return [`${file}: ${beginningOf(message)}`]
      return failed.map(({ fullName, failureMessages }) => `${file}: ${fullName}: ${beginningOf(failureMessages?.[0])}`)
    })

/** A suite that failed without a failed test (a crash, a broken file, no test found) counts as one failure. */
async function runSuite(project: string, reportDir: string): Promise<Tally> {
  const reportFile = join(reportDir, `${project}.json`)
  const code = await run([
    'node_modules/vitest/vitest.mjs',
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${reportFile}`,
  ])
  const text = await readFile(reportFile, 'utf8').catch(() => null)
  if (text === null) return { passed: 0, failed: 1, skipped: 0, failures: [`${project}: it ended with ${code} and without a report`] }
  const report: SuiteReport = JSON.parse(text)
  const hidden = code !== 0 && report.numFailedTests === 0 ? 1 : 0
  const failures = failuresOf(report)
  if (hidden > 0 && failures.length === 0) failures.push(`${project}: it ended with ${code} although no test failed; its log says why`)
  return { passed: report.numPassedTests, failed: report.numFailedTests + hidden, skipped: report.numPendingTests, failures }
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
