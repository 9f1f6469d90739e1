import type { SignedIn } from '@ai-crm/contracts'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'

/** What a browser keeps by name, as far as it is used here. */
class Kept {
  readonly entries = new Map<string, string>()
  readonly getItem = (name: string): string | null => this.entries.get(name) ?? null
  readonly setItem = (name: string, value: string): void => void this.entries.set(name, value)
  readonly removeItem = (name: string): void => void this.entries.delete(name)
  readonly clear = (): void => this.entries.clear()
}

/** Names of what is kept are its own keys, as those of the browser's are. */
const listed = (kept: Kept): Kept =>
  new Proxy(kept, { ownKeys: () => [...kept.entries.keys()], getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }) })

const KEY = btoa('k'.repeat(32))
const signedIn: SignedIn = {
  writingKey: KEY,
  status: 'signed-in',
  accessToken: 'a secret',
  expiresAt: '2026-01-01T00:00:00.000Z',
  me: {
    user: { id: '1', name: 'Ada', email: 'ada@example.org', locale: 'en' },
    organization: { id: '2', name: 'Acme', slug: 'acme', isSettingUp: false },
    role: 'owner',
    customRole: null,
    permissions: [],
    scopes: {},
    fields: {},
  },
}

let ofTab: Kept
let ofDevice: Kept
beforeEach(() => {
  vi.resetModules()
  ofTab = new Kept()
  ofDevice = new Kept()
  vi.stubGlobal('sessionStorage', listed(ofTab))
  vi.stubGlobal('localStorage', ofDevice)
  // No other tab: else the module of an earlier test hears of this one's when its storage is gone.
  vi.stubGlobal(
    'BroadcastChannel',
    class {
      readonly postMessage = (): void => undefined
    },
  )
})
afterEach(() => vi.unstubAllGlobals())

it.each(['by-person', 'expired'] as const)('leaves nothing of what was being written in the tab when the session ends: %s', async (cause) => {
  const { beginSession, endSession } = await import('./session-store.ts')
  const { keepReply, readReply } = await import('../../features/messaging/composer/reply-text.ts')
  beginSession(signedIn)
  keepReply('conversation', 'Dear customer, between us')
  expect(readReply('conversation')).toBe('Dear customer, between us')
  await expect.poll(() => ofTab.entries.size).toBe(1)
  endSession(cause)
  expect(ofTab.entries).toEqual(new Map())
  expect(readReply('conversation')).toBe('')
})

it('keeps no token, nor anything of the person, where a later visitor could read it', async () => {
  const { beginSession } = await import('./session-store.ts')
  beginSession(signedIn)
  expect([...ofTab.entries, ...ofDevice.entries]).toEqual([['ai-crm.signed-in', 'yes']])
})

/** The tab, reloaded: modules are new, storage stays. */
async function reloaded(writingKey: string | undefined) {
  vi.resetModules()
  const { openTexts } = await import('./texts-in-writing.ts')
  await openTexts(writingKey)
  return import('../../features/messaging/composer/reply-text.ts')
}

it('keeps what is being written over a reload, and in storage nothing that can be read without the session', async () => {
  const before = await reloaded(KEY)
  before.keepReply('conversation', 'Dear customer')
  before.keepReply('conversation', 'Dear customer, between us')
  await expect.poll(() => ofTab.entries.size).toBe(1)
  const kept = [...ofTab.entries].flat().join(' ')
  for (const part of ['Dear', btoa('Dear customer').slice(0, 12), KEY]) expect(kept).not.toContain(part)
  expect((await reloaded(KEY)).readReply('conversation')).toBe('Dear customer, between us')
  const other = await reloaded(btoa('o'.repeat(32)))
  expect([other.readReply('conversation'), ofTab.entries.size]).toEqual(['', 0])
})

it('stores nothing without a key', async () => {
  const { keepReply, readReply } = await reloaded(undefined)
  keepReply('conversation', 'Dear customer')
  await new Promise((resolve) => setTimeout(resolve, 0))
  expect([readReply('conversation'), ofTab.entries.size]).toEqual(['Dear customer', 0])
})
