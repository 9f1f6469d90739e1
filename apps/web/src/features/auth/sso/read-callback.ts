import type { SsoCallback } from '@ai-crm/contracts'

const NAMES = ['state', 'code', 'iss', 'error'] as const

/** What the server wants to know of the address; a parameter that came twice is not ours to choose from. */
export function readCallback(search: string): SsoCallback {
  const given = new URLSearchParams(search)
  const found = Object.fromEntries(NAMES.flatMap((name) => (given.getAll(name).length === 1 ? [[name, given.get(name) ?? '']] : [])))
  return { state: '-', ...found }
}
