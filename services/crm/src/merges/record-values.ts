import { ContactEmail, ContactPhone, ContactTelegram, CUSTOM_PREFIX, type Company, type Contact, MERGE_CHOICES, type MergeRecord } from '@ai-crm/contracts'
import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { normalEmail } from '../contacts/normal-email.ts'

/** A record field by field, as merges look at it: lists, and single values that are empty where they are null; custom ones as `custom.<id>`. */
export type Values = Readonly<Record<string, unknown>>

/** What a list is united by: two items with the same key are one. */
export interface ListShape {
  readonly keyOf: (item: unknown) => string
  readonly max: number
}
export interface Shape {
  readonly scalars: readonly string[]
  readonly lists: Readonly<Record<string, ListShape>>
  /** Choices that say whose first item stays the first. */
  readonly firsts: Readonly<Record<string, string>>
}

const phoneKey = ({ number, e164, extension }: ContactPhone): string => (e164 === null ? number : `${e164} ${extension ?? ''}`)
const telegramKey = ({ id, username }: ContactTelegram): string => id ?? username?.toLowerCase() ?? ''
const textKey = (item: unknown): string => z.string().parse(item)

export const SHAPES: Readonly<Record<MergeRecord, Shape>> = {
  contact: {
    scalars: ['name', 'company', 'position', 'note', 'ownerId', 'preferredChannel', 'timeZone', 'language', 'consent'],
    lists: {
      emails: { keyOf: (item) => normalEmail(ContactEmail.parse(item).address), max: 20 },
      phones: { keyOf: (item) => phoneKey(ContactPhone.parse(item)), max: 20 },
      telegrams: { keyOf: (item) => telegramKey(ContactTelegram.parse(item)), max: 20 },
      tagIds: { keyOf: textKey, max: 50 },
    },
    firsts: { emails: 'email', phones: 'phone' },
  },
  company: {
    scalars: MERGE_CHOICES.company,
    lists: { domains: { keyOf: textKey, max: 20 }, tagIds: { keyOf: textKey, max: 50 } },
    firsts: {},
  },
}

export const listOf = (values: Values, field: string): unknown[] => z.array(z.unknown()).parse(values[field] ?? [])

export const isSame = (one: unknown, other: unknown): boolean => isDeepStrictEqual(one ?? null, other ?? null)

const customOf = (custom: Contact['custom']): Values => Object.fromEntries(Object.entries(custom).map(([id, value]) => [CUSTOM_PREFIX + id, value]))

/** A text of where somebody works, with its link: the two are one. */
const workplace = (company: string | null, companyId: string | null) => (company === null && companyId === null ? null : { company, companyId })

/** What was said of a consent belongs to it. */
const consentOf = ({ consent, consentOn, consentSource, consentNote }: Pick<Contact, 'consent' | 'consentOn' | 'consentSource' | 'consentNote'>) =>
  consent === null ? null : { consent, consentOn, consentSource, consentNote }

export const valuesOfContact = ({
  name,
  emails,
  phones,
  telegrams,
  company,
  companyId,
  position,
  note,
  tagIds,
  ownerId,
  custom,
  ...person
}: Contact): Values => ({
  name,
  emails,
  phones,
  telegrams,
  company: workplace(company, companyId),
  position,
  note,
  tagIds,
  ownerId,
  preferredChannel: person.preferredChannel,
  timeZone: person.timeZone,
  language: person.language,
  consent: consentOf(person),
  ...customOf(custom),
})

export const valuesOfCompany = ({ name, domains, website, phone, address, industry, size, note, tagIds, parentId, ownerId, custom }: Company): Values => ({
  name,
  domains,
  website,
  phone,
  address,
  industry,
  size,
  note,
  tagIds,
  parentId,
  ownerId,
  ...customOf(custom),
})
