import { ContactEmail, ContactPhone, customFieldIdOf, type CustomValue } from '@ai-crm/contracts'
import { hashKey } from '@tanstack/react-query'
import type { z } from 'zod'
import { toWebsite } from '../../../../lib/web-address.ts'
import { toDomains } from '../../companies/company-fields.ts'
import { valueIn } from '../field-value.ts'

/** A company that somebody chose, or only what it is called; neither: none any more. */
export interface GivenCompany {
  readonly companyId: string | null
  readonly company: string | null
}
/** What a cell is given: by its kind as in CustomValue. */
export type CellValue = CustomValue | GivenCompany | null

/** Sends one change of the record as of a version. */
export type Send<Row> = (ifMatch: number, idempotencyKey: string) => Promise<Row>

export interface CellChange<Row> {
  /** What the row shows until the server has answered. */
  readonly patch: object
  readonly send: Send<Row>
  readonly undo: Send<Row>
}

/** How records of one kind are changed from their list. */
export interface RecordEdit<Row> {
  readonly list: 'contacts' | 'companies' | 'deals'
  readonly read: (id: string) => Promise<Row>
  /** Null where it is no value for the field. */
  readonly changeOf: (row: Row, key: string, value: CellValue) => CellChange<Row> | null
  /** Two rows of which this is the same have the same value in this cell. */
  readonly stateOf: (row: Row, key: string) => string
}

interface Commands<Row, Body> {
  readonly list: RecordEdit<Row>['list']
  readonly schema: z.ZodType<Body>
  readonly read: (id: string) => Promise<Row>
  readonly update: (id: string, body: Body, ifMatch: number, idempotencyKey: string) => Promise<Row>
}

/** The contract of the update says what fits: the body is checked before anything is shown. */
export function recordEdit<Row extends { readonly id: string }, Body>({ list, schema, read, update }: Commands<Row, Body>): RecordEdit<Row> {
  const sendBody = (id: string, raw: object): Send<Row> | null => {
    const { data } = schema.safeParse(raw)
    return data === undefined ? null : (ifMatch, key) => update(id, data, ifMatch, key)
  }
  return {
    list,
    read,
    changeOf(row, key, value) {
      const [send, undo] = [sendBody(row.id, bodyOf(key, value)), sendBody(row.id, bodyBack(row, key))]
      return send && undo ? { patch: patchOf(row, key, value), send, undo } : null
    },
    stateOf: (row, key) => hashKey([bodyBack(row, key)]),
  }
}

export const isGivenCompany = (value: CellValue): value is GivenCompany => typeof value === 'object' && value !== null && 'companyId' in value
const isMoney = (value: CellValue): value is { amountMinor: number; currency: string } => typeof value === 'object' && value !== null && 'amountMinor' in value

function bodyOf(key: string, value: CellValue): object {
  const customId = customFieldIdOf(key)
  if (customId !== null) return { custom: { [customId]: value } }
  if (isGivenCompany(value)) return companyBody(key, value)
  if (key === 'amountMinor') return isMoney(value) ? value : { amountMinor: null, currency: null }
  if (key === 'domains') return { domains: toDomains(typeof value === 'string' ? value : '') }
  if (key === 'tagIds') return { tagIds: value ?? [] }
  if (key === 'website') return { website: typeof value === 'string' ? toWebsite(value) : null }
  return { [key]: value }
}

/** A contact may have a company by name alone, a deal may not. */
function companyBody(key: string, { companyId, company }: GivenCompany): object {
  if (companyId !== null) return { companyId }
  return key === 'company' ? { company, ...(company === null ? { companyId: null } : {}) } : { companyId: null }
}

/** The values that make a field what it is in the row. Of addresses all of them, so that the others stay in their places. */
function bodyBack(row: object, key: string): object {
  const customId = customFieldIdOf(key)
  const custom = valueIn(row, 'custom')
  if (customId !== null) return { custom: { [customId]: (typeof custom === 'object' && custom !== null ? valueIn(custom, customId) : null) ?? null } }
  if (key === 'amountMinor') return { amountMinor: valueIn(row, 'amountMinor'), currency: valueIn(row, 'currency') }
  if (key === 'email') return { emails: emailsIn(row) }
  if (key === 'phone' && 'phones' in row) return { phones: phonesIn(row).map(({ number, label }) => ({ number, label })) }
  if (key === 'company') return companyBody(key, { companyId: textIn(row, 'companyId'), company: textIn(row, 'company') })
  if (key === 'domains') return { domains: valueIn(row, 'domains') ?? [] }
  if (key === 'consent') return consentIn(row)
  if (key === 'stage' && valueIn(row, 'stage') === 'lost') return { stage: 'lost', lostReason: valueIn(row, 'lostReason') }
  return { [key]: valueIn(row, key) }
}

/** A consent with what was said of it, none of which stays without one. */
function consentIn(row: object): object {
  const consent = valueIn(row, 'consent')
  const said = Object.fromEntries(['consentOn', 'consentSource', 'consentNote'].map((key) => [key, valueIn(row, key)]))
  return { consent, ...(consent === null ? {} : said) }
}

const emailsIn = (row: object) => ContactEmail.array().safeParse(valueIn(row, 'emails')).data ?? []
const phonesIn = (row: object) => ContactPhone.array().safeParse(valueIn(row, 'phones')).data ?? []

function textIn(row: object, key: string): string | null {
  const value = valueIn(row, key)
  return typeof value === 'string' ? value : null
}

/** The first gives way to the value, as on the server; the others stay, so that a change made meanwhile takes none of them back. */
function emailPatch([primary, ...others]: readonly ContactEmail[], value: CellValue): object {
  const emails = typeof value === 'string' ? [{ address: value, label: primary?.label ?? null }, ...others] : others
  return { email: emails[0]?.address ?? null, emails }
}

/** How a number is written for the world is the server's to say. */
function phonePatch([primary, ...others]: readonly ContactPhone[], value: CellValue): object {
  const written = { e164: null, extension: null, international: null }
  const phones = typeof value === 'string' ? [{ ...written, number: value, label: primary?.label ?? null }, ...others] : others
  return { phone: phones[0]?.number ?? null, phones }
}

function patchOf(row: object, key: string, value: CellValue): object {
  const customId = customFieldIdOf(key)
  if (customId !== null) {
    const { [customId]: _former, ...others } = Object.fromEntries(Object.entries(valueIn(row, 'custom') ?? {}))
    return { custom: value === null ? others : { ...others, [customId]: value } }
  }
  if (isGivenCompany(value)) return { ...value, companyName: value.company }
  if (key === 'amountMinor') return isMoney(value) ? value : { amountMinor: null, currency: null }
  if (key === 'domains') return bodyOf(key, value)
  if (key === 'tagIds') return bodyOf(key, value)
  if (key === 'email') return emailPatch(emailsIn(row), value)
  if (key === 'phone' && 'phones' in row) return phonePatch(phonesIn(row), value)
  return { [key]: value }
}
