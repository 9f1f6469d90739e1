import type { ContactEmail, ContactPhone, ContactTelegram, CustomValues } from '@ai-crm/contracts'

/** A row of a file as a contact: only what stands there. */
export interface Draft {
  readonly name: string | null
  /** What to call a new one of whom the file has no name. */
  readonly fallbackName: string | null
  readonly emails: ContactEmail[]
  readonly phones: ContactPhone[]
  readonly telegrams: ContactTelegram[]
  readonly company: string | null
  readonly position: string | null
  readonly note: string | null
  /** By name. */
  readonly tags: string[]
  readonly ownerId: string | null
  readonly custom: CustomValues
}

/** What is wrong with a row. `value`: what stands in the column. */
export interface Complaint {
  readonly code: string
  readonly column: number | null
  readonly value: string
}

export interface DraftedRow {
  readonly number: number
  readonly cells: readonly string[]
  readonly draft: Draft | null
  readonly complaints: readonly Complaint[]
}
