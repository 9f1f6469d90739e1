import { createHmac, randomBytes } from 'node:crypto'
import { passwordSprays } from '@ai-crm/platform'
import type { PublicCtx } from '../ctx.ts'
import { clientNetwork } from './client-network.ts'

const WINDOW_MS = 15 * 60_000
const ACCOUNTS = 25
/** Below this many accounts per network it is one attacker, not many people with one bad habit. */
const ACCOUNTS_PER_NETWORK = 5
const WATCHED = 5_000

interface Watched {
  readonly untilMs: number
  readonly accounts: Set<string>
  readonly networks: Set<string>
  isTold: boolean
}

// Of this process and its memory only: fingerprints of 32 bits under a key that nobody has say nothing about a password.
const key = randomBytes(32)
const watched = new Map<number, Watched>()
const fingerprint = (text: string): Buffer => createHmac('sha256', key).update(text).digest()

/** Tells once per password and quarter of an hour when it is tried on many accounts from few networks: nothing locks, somebody should look. */
export function watchSprays(ctx: Pick<PublicCtx, 'log'>, { email, password }: { email: string; password: string }, clientAddress: string): void {
  const id = fingerprint(password).readUInt32BE(0)
  const entry = entryOf(id)
  if (entry.accounts.size < ACCOUNTS) entry.accounts.add(fingerprint(email).toString('base64', 0, 6))
  if (entry.networks.size < ACCOUNTS) entry.networks.add(clientNetwork(clientAddress))
  if (entry.isTold || entry.accounts.size < ACCOUNTS || entry.accounts.size < ACCOUNTS_PER_NETWORK * entry.networks.size) return
  entry.isTold = true
  passwordSprays.inc()
  ctx.log.error({ count: entry.accounts.size, reason: [...entry.networks].join(' ') }, 'one password was tried on many accounts: a password spray')
}

function entryOf(id: number): Watched {
  const known = watched.get(id)
  if (known && known.untilMs > performance.now()) return known
  watched.delete(id)
  const [oldest] = watched.keys()
  if (watched.size >= WATCHED && oldest !== undefined) watched.delete(oldest)
  const entry = { untilMs: performance.now() + WINDOW_MS, accounts: new Set<string>(), networks: new Set<string>(), isTold: false }
  watched.set(id, entry)
  return entry
}
