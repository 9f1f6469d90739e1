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

interface Tally {
  passed: number
  failed: number
  skipped: number
}

const CHECKS: Readonly<Record<string, readonly string[]>> = {
  'types of the server side': ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json'],
  'types of the web app': ['node_modules/typescript/bin/tsc', '-p', 'apps/web/tsconfig.json'],
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

async function runChecks(): Promise<Tally> {
  const tally: Tally = { passed: 0, failed: 0, skipped: 0 }
  for (const [name, command] of Object.entries(CHECKS)) {
    const isGood = (await run(command)) === 0
    tally[isGood ? 'passed' : 'failed'] += 1
    console.log(`${isGood ? 'ok' : 'FAILED'}  ${name}`)
  }
  return tally
}

/** Of vitest's JSON report. */
interface SuiteReport {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
}

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
  if (text === null) return { passed: 0, failed: 1, skipped: 0 }
  const report: SuiteReport = JSON.parse(text)
  const hidden = code !== 0 && report.numFailedTests === 0 ? 1 : 0
  return { passed: report.numPassedTests, failed: report.numFailedTests + hidden, skipped: report.numPendingTests }
}

const reportDir = await mkdtemp(join(tmpdir(), 'ai-crm-test-'))
const tallies: Tally[] = []
if (isWanted('checks')) tallies.push(await runChecks())
for (const suite of SUITES) if (isWanted(suite)) tallies.push(await runSuite(suite, reportDir))
await rm(reportDir, { recursive: true, force: true })

const sum = (key: keyof Tally) => tallies.reduce((total, tally) => total + tally[key], 0)
const skipped = sum('skipped')
console.log(`${sum('passed')} passed, ${sum('failed')} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
process.exit(sum('failed') > 0 ? 1 : 0)
