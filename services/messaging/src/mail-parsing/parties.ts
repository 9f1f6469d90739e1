import type { Party } from '@ai-crm/contracts'
import type { AddressObject, EmailAddress } from 'mailparser'
import { LIMITS } from './parsed-mail.ts'

/** Control characters and direction overrides have no place in a name that is shown. */
const UNSHOWABLE = /[\p{Cc}\u202a-\u202e\u2066-\u2069]+/gu

/** Mailboxes of an address header, groups flattened, without what is no address. */
export function toParties(header: AddressObject | AddressObject[] | undefined): Party[] {
  const objects = header === undefined ? [] : Array.isArray(header) ? header : [header]
  return objects
    .flatMap((object) => object.value)
    .flatMap((entry) => entry.group ?? [entry])
    .flatMap(toParty)
    .slice(0, LIMITS.parties)
}

function toParty(entry: EmailAddress): Party[] {
  const address = normalizeAddress(entry.address ?? '')
  if (!address) return []
  return [{ address, name: cleanName(entry.name) }]
}

/** Lower case, or null when it cannot be written to. */
export function normalizeAddress(address: string): string | null {
  const trimmed = address.trim().toLowerCase()
  return trimmed.length <= LIMITS.addressChars && /^[^\s@<>"\p{Cc}]+@[^\s@<>"\p{Cc}]+$/u.test(trimmed) ? trimmed : null
}

function cleanName(name: string): string | null {
  return name.replace(UNSHOWABLE, ' ').trim().slice(0, LIMITS.nameChars) || null
}

/** One line, without what could reorder or break what is shown. */
export const cleanLine = (text: string, maxChars: number): string => text.replace(UNSHOWABLE, ' ').replace(/\s+/g, ' ').trim().slice(0, maxChars)
