import { createHash } from 'node:crypto'
import { FLAGS, type FlagKey, type Role } from '@ai-crm/contracts'
import { exportJWK, generateKeyPair, type JWK } from 'jose'
import { pino } from 'pino'
import {
  createMemoryAdapters,
  createTokenSigner,
  createTokenVerifier,
  remainingMs,
  type Cache,
  type ProcessFlags,
  type Route,
  type ServiceDefinition,
  type ServiceRuntime,
  type TokenSubject,
  type TokenVerifier,
  type WorkLimits,
} from '@ai-crm/platform'

export const silentLog = pino({ level: 'silent' })

/** For tests of HTTP alone: tokens with a key of their own, and services that need no database. */
export interface TestTokens {
  readonly privateJwk: JWK
  readonly publicJwk: JWK
  readonly verifier: TokenVerifier
  readonly cache: Cache
  bearer(role?: Role, of?: Partial<TokenSubject>): Promise<{ authorization: string; principal: TokenSubject }>
}

export async function createTestTokens(): Promise<TestTokens> {
  const pair = await generateKeyPair('EdDSA', { extractable: true })
  const privateJwk = { ...(await exportJWK(pair.privateKey)), kid: 'test-1' }
  const publicJwk = { ...(await exportJWK(pair.publicKey)), kid: 'test-1' }
  const { cache } = createMemoryAdapters(silentLog)
  const sign = await createTokenSigner(privateJwk)
  return {
    privateJwk,
    publicJwk,
    cache,
    verifier: createTokenVerifier({ keys: async () => ({ keys: [publicJwk] }), cache }),
    async bearer(role = 'owner', of = {}) {
      const principal = { userId: crypto.randomUUID(), organizationId: crypto.randomUUID(), sessionId: crypto.randomUUID(), role, ...of }
      return { authorization: `Bearer ${(await sign(principal)).token}`, principal }
    },
  }
}

export const definitionOf = (routes: readonly Route[]): ServiceDefinition => ({ name: 'crm', config: {}, routes, consumers: [], jobs: [], extensions: [] })

const byDefault = async (flag: FlagKey): Promise<boolean> => FLAGS[flag].default

/** Flags without a store: as the code says. */
export const defaultFlags: ProcessFlags = {
  of: () => ({ isOn: byDefault, isStillOn: byDefault, version: 0, settingsVersion: 0, announceChange: () => undefined }),
  isKilled: () => false,
  onChange: () => () => undefined,
  stop: async () => undefined,
}

/** A runtime whose contexts carry the origin only: for handlers that touch no database. */
export function createBareRuntime(routes: readonly Route[]): ServiceRuntime {
  const refuse = (): never => {
    throw new Error('This runtime has no database.')
  }
  return {
    definition: definitionOf(routes),
    log: silentLog,
    flags: defaultFlags,
    // The handlers of these tests use nothing of a context but what is given here.
    publicCtx: (work) => ({ ...work, remainingMs: remainingOf(work) }) as never,
    ctx: (origin, work) => ({ ...origin, ...work, remainingMs: remainingOf(work) }) as never,
    openUnit: refuse,
  }
}

const remainingOf = (work: WorkLimits) => () => remainingMs(work.dueAtMs ?? Number.POSITIVE_INFINITY)

export const deriveKeyForTests = (purpose: string): Buffer => createHash('sha256').update(`tests ${purpose}`).digest()
