/**
 * The long proofs (docs/guides/security.md): `npm run test:security`, or some of them: `npm run test:security -- fuzz tokens`.
 * Exits 1 when one failed.
 */
import { spawnSync } from 'node:child_process'

interface Proof {
  readonly files: readonly string[]
  readonly project: 'int' | 'unit'
  readonly environment: Readonly<Record<string, string>>
}

/** Their numbers are the catalogue's in `npm test` already: here they are repeated where nothing else disturbs them. */
const asInTests = (...files: readonly string[]): Proof => ({ project: 'int', files, environment: {} })

const PROOFS: Readonly<Record<string, Proof>> = {
  fuzz: {
    project: 'int',
    files: ['apps/server/src/fuzz/api-fuzz.int.test.ts', 'apps/server/src/fuzz/http-attacks.int.test.ts'],
    environment: { FUZZ_RUNS: '10000', SECONDS_PER_OPERATION: '20' },
  },
  'brute-force': {
    project: 'int',
    files: ['services/auth/src/sign-in/brute-force.int.test.ts'],
    environment: { BRUTE_FORCE_GUESSES: '10000', SPRAYED_ACCOUNTS: '10000' },
  },
  enumeration: { project: 'int', files: ['services/auth/src/sign-in/enumeration.int.test.ts'], environment: { ENUMERATION_PAIRS: '500' } },
  idempotency: asInTests('packages/platform/src/http/idempotency/idempotency.int.test.ts'),
  tokens: { project: 'unit', files: ['packages/platform/src/http/tokens.test.ts'], environment: { FORGERIES: '2000' } },
  rotation: asInTests('services/auth/src/signing-keys/rotation.int.test.ts', 'services/auth/src/sessions/refresh-session.int.test.ts'),
  factors: asInTests('services/auth/src/sign-in/second-factor.int.test.ts', 'services/auth/src/factors', 'services/auth/src/step-up'),
  matrix: asInTests('apps/server/src/fuzz/permission-matrix.int.test.ts', 'apps/server/src/fuzz/record-scopes.int.test.ts'),
  sessions: asInTests('apps/server/src/proof/session-ends.int.test.ts'),
  sockets: asInTests('services/websocket/src/sockets/attacks.int.test.ts', 'services/websocket/src/sockets/sockets.int.test.ts'),
  'cross-site': asInTests('apps/server/src/proof/cross-site.int.test.ts'),
  limits: { project: 'int', files: ['services/gateway/src/limits/exact-limits.int.test.ts'], environment: { EXACT_LIMIT: '20000' } },
}

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !(name in PROOFS))
if (unknown.length > 0) {
  console.error(`There is no proof named ${unknown.join(', ')}. There are: ${Object.keys(PROOFS).join(', ')}.`)
  process.exit(1)
}

const failed: string[] = []
for (const [name, { project, files, environment }] of Object.entries(PROOFS)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  const startedAt = performance.now()
  // What the caller has set wins: a seed to repeat, smaller numbers for a first look.
  const env = { ...environment, ...process.env }
  const { status } = spawnSync(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', '--project', project, ...files], { stdio: 'inherit', env })
  console.log(`${status === 0 ? 'ok' : 'FAILED'}  ${name}, ${Math.round((performance.now() - startedAt) / 1000)} s`)
  if (status !== 0) failed.push(name)
}
process.exit(failed.length === 0 ? 0 : 1)
