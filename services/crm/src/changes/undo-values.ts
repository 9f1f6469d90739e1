import type { AppError } from '@ai-crm/platform'
import { domainTaken } from '../companies/errors.ts'
import { emailTaken, telegramTaken } from '../contacts/errors.ts'
import { referenceGone } from './errors.ts'
import { livingPeople, namedIn, type References } from './references.ts'
import { type Field, tagsBefore } from './undo-fields.ts'

/** What a field goes back to, or why it cannot; `left`: what of it is gone, the rest of it comes back. */
export type Before = { readonly value: unknown; readonly left?: AppError } | { readonly cannot: AppError }

type Values = Readonly<Record<string, unknown>>
interface Place {
  readonly id: string
  readonly current: Values
  readonly references: References
}
type BeforeOf = (field: Field, place: Place) => Before

const asItWas: BeforeOf = ({ change }) => ({ value: change.from ?? null })

/** Addresses that are still free, or this record's own. */
const free =
  (field: 'emails' | 'telegrams' | 'domains', kind: 'email' | 'telegram' | 'domain', taken: (value: string) => AppError): BeforeOf =>
  ({ change }, { id, references }) => {
    const named = namedIn([{ field, value: change.from }])
    const other = [...named.emails, ...named.telegrams, ...named.domains].find((value) => (references.ownerOf(kind, value) ?? id) !== id)
    return other === undefined ? { value: change.from } : { cannot: taken(other) }
  }

const owner: BeforeOf = ({ change: { from } }, { references }) =>
  typeof from === 'string' && references.strangers.has(from) ? { cannot: referenceGone('ownerId') } : { value: from }

const reference =
  (name: string): BeforeOf =>
  ({ change: { from } }, { references }) => {
    if (typeof from !== 'string') return { value: from }
    const living = references.companies.get(from)
    return living ? { value: living.id } : { cannot: referenceGone(name) }
  }

const tags: BeforeOf = ({ change }, { current, references }) => {
  const now = Array.isArray(current['tagIds']) ? current['tagIds'].map(String) : []
  const before = tagsBefore(now, change)
  const there = before.filter((id) => now.includes(id) || references.tags.has(id))
  return there.length === before.length ? { value: there } : { value: there, left: referenceGone('tagIds') }
}

const people: BeforeOf = ({ change }, { current, references }) => {
  const before: unknown[] = Array.isArray(change.from) ? change.from : []
  const now = namedIn([{ field: 'contacts', value: current['contacts'] }]).contactIds
  const there = livingPeople(references, before, (id) => now.includes(id))
  const isWhole = namedIn([{ field: 'contacts', value: before }]).contactIds.every((id) => now.includes(id) || references.contacts.has(id))
  return isWhole ? { value: there } : { value: there, left: referenceGone('contacts') }
}

const BEFORE: Readonly<Record<string, BeforeOf>> = {
  emails: free('emails', 'email', (value) => emailTaken(value, '/emails')),
  telegrams: free('telegrams', 'telegram', (value) => telegramTaken(value, '/telegrams')),
  domains: free('domains', 'domain', (value) => domainTaken(value, 0)),
  ownerId: owner,
  companyId: reference('companyId'),
  parentId: reference('parentId'),
  tagIds: tags,
  contacts: people,
}

export const beforeOf: BeforeOf = (field, place) => (BEFORE[field.field] ?? asItWas)(field, place)
