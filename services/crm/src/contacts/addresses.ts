import type { Contact, ContactEmail, ContactPhone, ContactTelegram, CreateContact, UpdateContact } from '@ai-crm/contracts'
import type { CountryCode } from 'libphonenumber-js/max'
import { primaryDiffers, telegramEmpty } from './errors.ts'
import { normalEmail } from './normal-email.ts'
import { readPhone } from './phone-number.ts'

/** How a contact can be reached; `email` and `phone` are the first of their lists, `email` as it is compared. */
export type Addresses = Pick<Contact, 'email' | 'emails' | 'phone' | 'phones' | 'telegrams'>
type Given = Pick<UpdateContact, keyof Addresses>

const NONE: Addresses = { email: null, emails: [], phone: null, phones: [], telegrams: [] }

/** What a row tells: where a release before the lists wrote `email` or `phone`, they are right, and the list is what follows. */
export function addressesIn(row: Addresses): Addresses {
  const { email, emails, phone, phones, telegrams } = row
  return { email, phone, telegrams, emails: emailsBehind(email, emails), phones: phonesBehind(phone, phones) }
}

function emailsBehind(email: string | null, emails: ContactEmail[]): ContactEmail[] {
  if (email === (emails[0] ? normalEmail(emails[0].address) : null)) return emails
  return [...(email === null ? [] : [{ address: email, label: null }]), ...emails.slice(1).filter(({ address }) => normalEmail(address) !== email)]
}

function phonesBehind(phone: string | null, phones: ContactPhone[]): ContactPhone[] {
  if (phone === (phones[0]?.number ?? null)) return phones
  return [...(phone === null ? [] : [{ ...readPhone(phone, null), label: null }]), ...phones.slice(1)]
}

/** All addresses of a new contact. Throws `primaryDiffers`, `telegramEmpty` (422). */
export const addressesOfNew = (input: CreateContact, country: CountryCode | null): Addresses => {
  const given = {
    ...input,
    email: input.emails && input.email === null ? undefined : input.email,
    phone: input.phones && input.phone === null ? undefined : input.phone,
  }
  return { ...NONE, ...settleAddresses(given, NONE, country) }
}

/**
 * The addresses that an update gives, lists and primaries in agreement. `email` alone takes the place of the primary one, as `phone` does.
 * Throws `primaryDiffers`, `telegramEmpty` (422).
 */
export function settleAddresses(given: Given, current: Addresses, country: CountryCode | null): Partial<Addresses> {
  const emails = given.emails ? distinctEmails(given.emails) : given.email === undefined ? undefined : withPrimaryEmail(current.emails, given.email)
  const phones = given.phones
    ? readPhones(given.phones, current.phones, country)
    : given.phone === undefined
      ? undefined
      : withPrimaryPhone(current.phones, given.phone, country)
  const telegrams = given.telegrams && distinctTelegrams(given.telegrams)
  const settled: Partial<Addresses> = {
    ...(emails ? { emails, email: emails[0] ? normalEmail(emails[0].address) : null } : {}),
    ...(phones ? { phones, phone: phones[0]?.number ?? null } : {}),
    ...(telegrams ? { telegrams } : {}),
  }
  if (given.emails && given.email !== undefined && given.email !== settled.email) throw primaryDiffers('email')
  if (given.phones && given.phone !== undefined && given.phone !== settled.phone) throw primaryDiffers('phone')
  return settled
}

/** The first of each address counts. */
const distinctEmails = (emails: readonly ContactEmail[]): ContactEmail[] => distinctBy(emails, ({ address }) => normalEmail(address))

function withPrimaryEmail(emails: readonly ContactEmail[], email: string | null): ContactEmail[] {
  const [primary, ...others] = emails
  if (email === null) return others
  if (primary && normalEmail(primary.address) === email) return [...emails]
  const known = others.find(({ address }) => normalEmail(address) === email)
  return [known ?? { address: email, label: primary?.label ?? null }, ...others.filter((other) => other !== known)]
}

/** What is written as before keeps what it was read as: whoever adds a number elsewhere does not move the others to their country. */
function readPhones(phones: readonly Pick<ContactPhone, 'number' | 'label'>[], current: readonly ContactPhone[], country: CountryCode | null): ContactPhone[] {
  const read = phones.map(({ number, label }) => {
    const known = current.find((phone) => phone.number === number && phone.e164 !== null)
    return { ...(known ?? readPhone(number, country)), label }
  })
  return distinctBy(read, ({ number, e164, extension }) => (e164 === null ? number : `${e164} ${extension ?? ''}`))
}

function withPrimaryPhone(phones: readonly ContactPhone[], phone: string | null, country: CountryCode | null): ContactPhone[] {
  const [primary, ...others] = phones
  if (phone === null) return others
  if (primary?.number === phone) return [...phones]
  return readPhones([{ number: phone, label: primary?.label ?? null }, ...others.filter(({ number }) => number !== phone)], phones, country)
}

function distinctTelegrams(telegrams: readonly ContactTelegram[]): ContactTelegram[] {
  const accounts = telegrams.map(({ id, username, label }, index) => {
    if (id === null && username === null) throw telegramEmpty(index)
    return { id, username: username?.replace(/^@/, '') ?? null, label }
  })
  return distinctBy(accounts, ({ id, username }) => id ?? username?.toLowerCase() ?? '')
}

function distinctBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[] {
  const seen = new Set<string>()
  return items.filter((item) => {
    const key = keyOf(item)
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}
