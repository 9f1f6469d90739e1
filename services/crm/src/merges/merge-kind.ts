import {
  companyDeleted,
  companyMerged,
  companyRestored,
  companyUnmerged,
  companyUpdated,
  contactDeleted,
  contactMerged,
  contactRestored,
  contactUnmerged,
  contactUpdated,
  customFieldIdOf,
  type MergedValues,
  type MergeRecord,
  type PendingEvent,
} from '@ai-crm/contracts'
import type { Asker } from '@ai-crm/platform'
import type { RawBuilder } from 'kysely'
import { mayRead as mayReadCompany, mayWrite as mayWriteCompany } from '../companies/company-reach.ts'
import { newValues as newCompanyValues } from '../companies/company-changes.ts'
import { normalEmail } from '../contacts/normal-email.ts'
import { newValues as newContactValues } from '../contacts/contact-changes.ts'
import { mayRead as mayReadContact, mayWrite as mayWriteContact } from '../contacts/contact-reach.ts'
import { customColumn } from '../fields/change-custom.ts'
import { isSame, listOf } from './record-values.ts'
import { z } from 'zod'

interface Told {
  readonly mergeId: string
  readonly mergedId: string
  readonly mergedName: string
}
type Provenance = Record<string, 'survivor' | 'merged' | 'both'>

/** A kind of record that can be merged: how its events and columns say what merges say of values. */
export interface MergeKind {
  readonly record: MergeRecord
  readonly mayRead: (asker: Asker) => RawBuilder<boolean>
  readonly mayWrite: (asker: Asker) => RawBuilder<boolean>
  readonly deletePermission: 'crm.contact.delete' | 'crm.company.delete'
  readonly updated: (id: string, changes: MergedValues) => PendingEvent
  /** The columns to write for the changes. */
  readonly columns: (changes: MergedValues) => Readonly<Record<string, unknown>>
  readonly deleted: (id: string, mergedInto: string) => PendingEvent
  readonly merged: (id: string, told: Told, provenance: Provenance) => PendingEvent
  readonly unmerged: (id: string, told: Told, conflicts: string[]) => PendingEvent
  readonly restored: (id: string, separatedFrom: string, row: object) => PendingEvent
}

/** Custom values apart from built-in ones, as events have them. */
function eventChanges(changes: MergedValues): Readonly<Record<string, unknown>> {
  const entries = Object.entries(changes)
  const custom = entries.flatMap(([field, change]) => {
    const id = customFieldIdOf(field)
    return id === null ? [] : [[id, change] as const]
  })
  const builtIn = Object.fromEntries(entries.filter(([field]) => customFieldIdOf(field) === null))
  return custom.length === 0 ? builtIn : { ...builtIn, custom: Object.fromEntries(custom) }
}

const Workplace = z.object({ company: z.string().nullable(), companyId: z.string().nullable() }).nullable()

const CONSENT_FIELDS = ['consent', 'consentOn', 'consentSource', 'consentNote'] as const
const ConsentOf = z.object({ consent: z.string(), consentOn: z.string(), consentSource: z.string().nullable(), consentNote: z.string().nullable() }).nullable()

/** The link and its text apart, what was said of a consent beside it, and the primary addresses beside the lists whose first they are. */
function contactChanges({ company, consent, ...changes }: MergedValues) {
  const split: MergedValues = { ...changes }
  const primary = (field: string, list: string, read: (item: unknown) => string) => {
    const change = changes[list]
    if (!change) return
    const [from, to] = [change.from, change.to].map((items) => listOf({ items }, 'items').map(read)[0] ?? null)
    if (from !== to) split[field] = { from, to }
  }
  primary('email', 'emails', (item) => normalEmail(z.object({ address: z.string() }).parse(item).address))
  primary('phone', 'phones', (item) => z.object({ number: z.string() }).parse(item).number)
  if (company) {
    const [from, to] = [Workplace.parse(company.from), Workplace.parse(company.to)]
    for (const field of ['company', 'companyId'] as const) {
      const change = { from: from?.[field] ?? null, to: to?.[field] ?? null }
      if (!isSame(change.from, change.to)) split[field] = change
    }
  }
  if (consent) {
    const [from, to] = [ConsentOf.parse(consent.from), ConsentOf.parse(consent.to)]
    for (const field of CONSENT_FIELDS) {
      const change = { from: from?.[field] ?? null, to: to?.[field] ?? null }
      if (!isSame(change.from, change.to)) split[field] = change
    }
  }
  return contactUpdated.data.shape.changes.parse(eventChanges(split))
}

const companyChanges = (changes: MergedValues) => companyUpdated.data.shape.changes.parse(eventChanges(changes))

export const MERGE_KINDS: Readonly<Record<MergeRecord, MergeKind>> = {
  contact: {
    record: 'contact',
    mayRead: mayReadContact,
    mayWrite: mayWriteContact,
    deletePermission: 'crm.contact.delete',
    updated: (contactId, changes) => contactUpdated({ contactId, changes: contactChanges(changes) }),
    columns: (changes) => {
      const told = contactChanges(changes)
      return { ...newContactValues(told), ...customColumn(told.custom) }
    },
    deleted: (contactId, mergedInto) => contactDeleted({ contactId, mergedInto }),
    merged: (contactId, told, provenance) => contactMerged({ contactId, ...told, provenance }),
    unmerged: (contactId, told, conflicts) => contactUnmerged({ contactId, ...told, conflicts }),
    restored: (contactId, separatedFrom, row) => contactRestored(contactRestored.data.parse({ ...row, contactId, separatedFrom })),
  },
  company: {
    record: 'company',
    mayRead: mayReadCompany,
    mayWrite: mayWriteCompany,
    deletePermission: 'crm.company.delete',
    updated: (companyId, changes) => companyUpdated({ companyId, changes: companyChanges(changes) }),
    columns: (changes) => {
      const told = companyChanges(changes)
      return { ...newCompanyValues(told), ...customColumn(told.custom) }
    },
    deleted: (companyId, mergedInto) => companyDeleted({ companyId, mergedInto }),
    merged: (companyId, told, provenance) => companyMerged({ companyId, ...told, provenance }),
    unmerged: (companyId, told, conflicts) => companyUnmerged({ companyId, ...told, conflicts }),
    restored: (companyId, separatedFrom, row) => companyRestored(companyRestored.data.parse({ ...row, companyId, separatedFrom })),
  },
}
