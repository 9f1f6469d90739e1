import type { CompanySize, ContactEmail, ContactPhone, ContactTelegram, CustomValues, Deal, FieldRecord } from '@ai-crm/contracts'
import type { GivenPerson } from '../contacts/settle-person.ts'

/** What a row of a file can say of any record. Of what can be called by name, only the owner is named by id. */
interface CommonDraft {
  readonly note: string | null
  /** By name. */
  readonly tags: string[]
  readonly ownerId: string | null
  readonly custom: CustomValues
  /** Not among `custom` before they are found. */
  readonly named: readonly NamedRecord[]
}

/** A record that a field of the row names, by what the file calls it: its name, an address that is only its own, or its id. */
export interface NamedRecord {
  readonly fieldId: string
  readonly record: FieldRecord
  readonly text: string
  readonly column: number
  /** As complaints show it. */
  readonly given: string
}

/** A row of a file as a contact: only what stands there. */
export interface ContactDraft extends CommonDraft {
  readonly record: 'contact'
  readonly name: string | null
  /** What to call a new one of whom the file has no name. */
  readonly fallbackName: string | null
  readonly emails: ContactEmail[]
  readonly phones: ContactPhone[]
  readonly telegrams: ContactTelegram[]
  readonly person: GivenPerson
  readonly company: string | null
  readonly position: string | null
}

export interface CompanyDraft extends CommonDraft {
  readonly record: 'company'
  /** Of one of which the file has only a domain: that. */
  readonly name: string
  readonly domains: string[]
  readonly website: string | null
  readonly phone: string | null
  readonly address: string | null
  readonly industry: string | null
  readonly size: CompanySize | null
}

export interface DealDraft extends Omit<CommonDraft, 'note'> {
  readonly record: 'deal'
  readonly title: string
  readonly amountMinor: number | null
  readonly currency: string | null
  readonly stage: Deal['stage']
  readonly lostReason: string | null
  readonly expectedCloseOn: string | null
  /** By name, and by a domain, which counts more. */
  readonly company: string | null
  readonly companyDomain: string | null
  /** Those who take part, by their e-mail. */
  readonly people: string[]
}

export type Draft = ContactDraft | CompanyDraft | DealDraft

/** What is wrong with a row. `value`: what stands in the column. */
export interface Complaint {
  readonly code: string
  readonly column: number | null
  readonly value: string
}

export interface DraftedRow<Made extends Draft = Draft> {
  readonly number: number
  readonly cells: readonly string[]
  readonly draft: Made | null
  readonly complaints: readonly Complaint[]
}

export type Drafted<Made extends Draft = Draft> = DraftedRow<Made> & { readonly draft: Made }
