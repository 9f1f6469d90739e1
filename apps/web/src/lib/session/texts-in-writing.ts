/**
 * Texts that are being written, by name: they survive a reload of the tab, and end with the session. In storage they are sealed (AES-GCM)
 * with a key that the server gives to the living session and that stays in memory: whoever finds the storage later reads nothing in it.
 */
const PREFIX = 'ai-crm.writing.'
const IV_BYTES = 12

interface Opened {
  readonly raw: string
  readonly key: Promise<CryptoKey>
}

let opened: Opened | null = null
const texts = new Map<string, string>()

/** With the key of the session (32 bytes as base64url): what the tab keeps can be read from now on. Without one nothing outlives a reload. */
export async function openTexts(raw: string | undefined): Promise<void> {
  if (raw === undefined || raw === opened?.raw || !('crypto' in globalThis) || !('subtle' in crypto)) return
  const own = { raw, key: crypto.subtle.importKey('raw', bytesOf(raw), 'AES-GCM', false, ['encrypt', 'decrypt']) }
  opened = own
  const names = Object.keys(sessionStorage).filter((name) => name.startsWith(PREFIX))
  for (const name of names) {
    const text = await unseal(await own.key, name, sessionStorage.getItem(name) ?? '')
    if (opened !== own) return
    if (text === null) sessionStorage.removeItem(name)
    else if (!texts.has(name)) texts.set(name, text)
  }
}

export const readText = (name: string): string => texts.get(PREFIX + name) ?? ''

export function keepText(name: string, text: string): void {
  const place = PREFIX + name
  if (text === '') {
    texts.delete(place)
    sessionStorage.removeItem(place)
    return
  }
  texts.set(place, text)
  void store(place, text)
}

/** What this tab kept for its person is nobody else's. */
export function forgetTexts(): void {
  opened = null
  texts.clear()
  sessionStorage.clear()
}

async function store(place: string, text: string): Promise<void> {
  const own = opened
  if (!own) return
  const sealed = await seal(await own.key, place, text)
  // Meanwhile somebody typed on, or signed out.
  if (opened === own && texts.get(place) === text) sessionStorage.setItem(place, sealed)
}

const bound = (iv: Uint8Array<ArrayBuffer>, place: string) => ({ name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(place) })

async function seal(key: CryptoKey, place: string, text: string): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES))
  const sealed = new Uint8Array(await crypto.subtle.encrypt(bound(iv, place), key, new TextEncoder().encode(text)))
  return textOf([...iv, ...sealed])
}

async function unseal(key: CryptoKey, place: string, kept: string): Promise<string | null> {
  try {
    const bytes = bytesOf(kept)
    return new TextDecoder().decode(await crypto.subtle.decrypt(bound(bytes.slice(0, IV_BYTES), place), key, bytes.slice(IV_BYTES)))
  } catch {
    // Of another session.
    return null
  }
}

const textOf = (bytes: readonly number[]): string => btoa(bytes.map((byte) => String.fromCharCode(byte)).join(''))
const bytesOf = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0))
