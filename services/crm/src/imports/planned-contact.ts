import type { Contact, ImportSettings } from '@ai-crm/contracts'
import { MAX_ADDRESSES } from '@ai-crm/contracts'
import { v7 as uuidV7 } from 'uuid'
import { normalEmail } from '../contacts/normal-email.ts'
import { changesBetween, type ContactChanges } from '../contacts/contact-changes.ts'
import type { ContactDraft } from '../import-reading/draft.ts'
import { customChangesBy } from './custom-changes-by.ts'
import { personOfNew, settlePerson, type GivenPerson } from '../contacts/settle-person.ts'
import type { FoundCompany } from './named-things.ts'
import type { StoredContact } from './store-contacts.ts'

/** A draft with what it names found. */
export interface Resolved {
  readonly draft: ContactDraft
  readonly company: FoundCompany | null
  readonly tagIds: readonly string[]
}

/** A contact that there was not. `ownerId`: where the file names nobody. */
export function newContact({ draft, company, tagIds }: Resolved, ownerId: string | null): StoredContact {
  const { emails, phones, telegrams, position, note, custom } = draft
  const [email, phone] = [emails[0], phones[0]]
  return {
    id: uuidV7(),
    name: draft.name ?? draft.fallbackName ?? '?',
    email: email ? normalEmail(email.address) : null,
    emails,
    phone: phone?.number ?? null,
    phones,
    telegrams,
    company: company?.company ?? null,
    companyId: company?.companyId ?? null,
    position,
    note,
    ...personOfNew(draft.person),
    tagIds: [...tagIds],
    ownerId: draft.ownerId ?? ownerId,
    custom,
  }
}

export const takesCompany = ({ company }: ContactDraft, current: Contact, policy: ImportSettings['policy']): boolean =>
  company !== null && (policy === 'overwrite' || current.company === null)

/** What a contact has to become: from → to of what the row really changes; null where that is nothing. */
export function changesBy({ draft, company, tagIds }: Resolved, current: Contact, policy: ImportSettings['policy']): ContactChanges | null {
  const isOver = policy === 'overwrite'
  const text = (given: string | null, held: string | null) => (given !== null && (isOver || held === null) ? { to: given } : null)
  const position = text(draft.position, current.position)
  const note = text(draft.note, current.note)
  const owner = text(draft.ownerId, current.ownerId)
  const emails = addresses(draft.emails, current.emails, isOver, ({ address }) => normalEmail(address))
  const phones = addresses(draft.phones, current.phones, isOver, ({ number, e164 }) => e164 ?? number)
  const telegrams = addresses(draft.telegrams, current.telegrams, isOver, ({ id, username }) => id ?? username?.toLowerCase() ?? '')
  const changes = changesBetween(current, {
    ...(draft.name !== null && isOver ? { name: draft.name } : {}),
    ...(emails ? { emails, email: emails[0] ? normalEmail(emails[0].address) : null } : {}),
    ...(phones ? { phones, phone: phones[0]?.number ?? null } : {}),
    ...(telegrams ? { telegrams } : {}),
    ...(takesCompany(draft, current, policy) ? company : {}),
    ...(position ? { position: position.to } : {}),
    ...(note ? { note: note.to } : {}),
    ...(owner ? { ownerId: owner.to } : {}),
    ...settlePerson(personBy(draft.person, current, isOver), current),
    tagIds: [...new Set([...current.tagIds, ...tagIds])].slice(0, 50),
  })
  const custom = customChangesBy(draft, current, isOver)
  const all = { ...changes, ...(custom ? { custom } : {}) }
  return Object.keys(all).length === 0 ? null : all
}

/** What of a file is taken; a refusal gives way to a consent that is told to be of a later day only. */
function personBy(given: GivenPerson, current: Contact, isOver: boolean): GivenPerson {
  const taken: GivenPerson = {}
  for (const field of ['preferredChannel', 'timeZone', 'language'] as const)
    if (given[field] !== undefined && (isOver || current[field] === null)) Object.assign(taken, { [field]: given[field] })
  if (!given.consent || (!isOver && current.consent !== null)) return taken
  const isRefused = current.consent === 'withdrawn' && given.consent === 'given'
  if (isRefused && !((given.consentOn ?? '') > (current.consentOn ?? ''))) return taken
  const { consent, consentOn, consentSource, consentNote } = given
  return { ...taken, consent, consentOn, consentSource, consentNote }
}

/** Those of the file come first and the others stay behind them; or they are taken where there is none. */
function addresses<Address>(given: readonly Address[], held: readonly Address[], isOver: boolean, keyOf: (address: Address) => string): Address[] | null {
  if (given.length === 0 || (!isOver && held.length > 0)) return null
  const known = (address: Address) => held.find((one) => keyOf(one) === keyOf(address)) ?? address
  const first = given.map(known)
  return [...first, ...held.filter((one) => first.every((other) => keyOf(other) !== keyOf(one)))].slice(0, MAX_ADDRESSES)
}
