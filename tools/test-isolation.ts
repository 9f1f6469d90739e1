/**
 * The long proof that no organisation sees another (`npm run test:isolation`): 100,000 requests of one organisation against
 * another, 200,000 interleaved transactions, every guard taken away in turn. `ISOLATION_SEED` brings a run back.
 */
import { spawn } from 'node:child_process'

const seed = process.env['ISOLATION_SEED'] ?? String(Math.floor(Math.random() * 2 ** 31))
const settings = { ISOLATION_REQUESTS: '100000', REACH_THINGS: '40', ISOLATION_TRANSACTIONS: '200000', ISOLATION_SEED: seed, ...process.env }
const STEPS: readonly (readonly string[])[] = [
  ['node_modules/vitest/vitest.mjs', 'run', '--project', 'int', 'packages/testing/src/catalogue', 'packages/platform/src/db/interleaved'],
  ['node_modules/vitest/vitest.mjs', 'run', '--project', 'int', 'apps/server/src/isolation'],
  ['tools/mutants/run-mutants.ts'],
]

const run = (args: readonly string[]): Promise<number> =>
  new Promise((settle) => {
    const child = spawn(process.execPath, args, { stdio: 'inherit', env: settings })
    child.on('exit', (code) => settle(code ?? 1))
    child.on('error', () => settle(1))
  })

process.stdout.write(`ISOLATION_SEED=${seed}\n`)
let failed = 0
for (const step of STEPS) if ((await run(step)) !== 0) failed += 1
process.exit(failed === 0 ? 0 : 1)
