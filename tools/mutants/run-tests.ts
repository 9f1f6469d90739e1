import { spawn } from 'node:child_process'

/** Of what hangs nothing is printed for so long; of what is slow every test that ends is. */
const SILENT_MS = 300_000
/** As much of a failure as somebody reads. */
const SHOWN_CHARACTERS = 4_000

/** Runs tests of one vitest project in a tree. Null: all of them passed; else which did not, and what they said. */
export function failureOf(dir: string, project: string, tests: readonly string[], ...options: readonly string[]): Promise<string | null> {
  return new Promise((settle) => {
    const child = spawn(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', '--project', project, '--reporter=verbose', ...options, ...tests], {
      cwd: dir,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NO_COLOR: '1', VITEST: undefined, VITEST_WORKER_ID: undefined },
    })
    let [printed, hangs] = ['', '']
    const silence = setTimeout(() => {
      hangs = `\nIt hangs: nothing was printed for ${SILENT_MS / 1000} s.`
      child.kill()
    }, SILENT_MS)
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        silence.refresh()
        printed = (printed + text).slice(-10 * SHOWN_CHARACTERS)
      })
    child.on('close', (code) => {
      clearTimeout(silence)
      settle(code === 0 ? null : whatFailed(printed) + hangs)
    })
    child.on('error', (error) => settle(String(error)))
  })
}

/** From where vitest sums up the failed tests with their messages; the end of what it printed where it never came to that. */
export function whatFailed(printed: string): string {
  const start = printed.search(/^.*Failed (?:Tests|Suites) \d/m)
  return start === -1 ? printed.slice(-SHOWN_CHARACTERS) : printed.slice(start, start + SHOWN_CHARACTERS)
}
