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

const signedIn: SignedIn = {
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
  vi.stubGlobal('sessionStorage', ofTab)
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
  endSession(cause)
  expect(ofTab.entries).toEqual(new Map())
})

it('keeps no token, nor anything of the person, where a later visitor could read it', async () => {
  const { beginSession } = await import('./session-store.ts')
  beginSession(signedIn)
  expect([...ofTab.entries, ...ofDevice.entries]).toEqual([['ai-crm.signed-in', 'yes']])
})
