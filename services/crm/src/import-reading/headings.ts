import { IMPORT_RECORDS, type ImportAnalysis, type ImportRecord } from '@ai-crm/contracts'
import { plainHeading } from './plain-heading.ts'
import { COMPANY_HEADINGS, DEAL_HEADINGS } from './other-headings.ts'
import { CONTACT_HEADINGS } from './contact-headings.ts'

const HEADINGS: Readonly<Record<ImportRecord, Readonly<Record<string, readonly string[]>>>> = {
  contact: CONTACT_HEADINGS,
  company: COMPANY_HEADINGS,
  deal: DEAL_HEADINGS,
}

const byHeading = (record: ImportRecord): ReadonlyMap<string, string> =>
  new Map(Object.entries(HEADINGS[record]).flatMap(([field, words]) => words.map((word): [string, string] => [word, field])))
const FIELD_BY_HEADING = { contact: byHeading('contact'), company: byHeading('company'), deal: byHeading('deal') }

type Preset = ImportAnalysis['preset']

/** How Pipedrive begins headings, by what the file holds. */
const PIPEDRIVE: Readonly<Record<ImportRecord, RegExp>> = {
  contact: /^(person|контактное лицо|контакт) - /i,
  company: /^(organization|organisation|организация) - /i,
  deal: /^(deal|сделка) - /i,
}
const prefixed = (headings: readonly string[], record: ImportRecord): number => headings.filter((heading) => PIPEDRIVE[record].test(heading.trim())).length

/** By headings that only exports of that product have together. */
export function presetOf(headings: readonly string[]): Preset {
  const plain = new Set(headings.map(plainHeading))
  const has = (...words: string[]) => words.some((word) => plain.has(word))
  if (IMPORT_RECORDS.some((record) => prefixed(headings, record) >= 2)) return 'pipedrive'
  if (has('record id') && has('contact owner', 'company owner', 'deal owner', 'lead status', 'first name')) return 'hubspot'
  if (has('ответственный') && has('рабочий телефон', 'рабочий email', 'этап сделки', 'бюджет')) return 'amocrm'
  return null
}

const ANY_NAME: ReadonlySet<string> = new Set(['name', 'название', 'наименование'])

/** What the file is likely to hold: contacts, unless its headings say otherwise. */
export function recordOf(headings: readonly string[]): ImportRecord {
  const [most] = IMPORT_RECORDS.map((record) => ({ record, count: prefixed(headings, record) })).toSorted((a, b) => b.count - a.count)
  if (most && most.count >= 2) return most.record
  const fields = (record: ImportRecord) => new Set(headings.map((heading) => fieldOfHeading(heading, null, record)))
  const [deal, company, contact] = [fields('deal'), fields('company'), fields('contact')]
  const isAboutPeople = ['email', 'firstName', 'lastName', 'phone', 'telegram'].some((field) => contact.has(field))
  // Anything has a name; a column that is called so says nothing.
  const hasTitle = headings.some((heading) => fieldOfHeading(heading, null, 'deal') === 'title' && !ANY_NAME.has(plainHeading(heading)))
  const hints = ['amount', 'stage', 'expectedClose'].filter((field) => deal.has(field)).length + (hasTitle ? 1 : 0)
  if (hints >= 2 && (deal.has('amount') || !isAboutPeople)) return 'deal'
  const isAboutOne = ['email', 'firstName', 'lastName', 'telegram'].some((field) => contact.has(field))
  return !isAboutOne && ['domains', 'industry', 'size'].some((field) => company.has(field)) ? 'company' : 'contact'
}

/** "Person - Email - Work" is an e-mail address. */
export function fieldOfHeading(heading: string, preset: Preset, record: ImportRecord): string | null {
  const bare = preset === 'pipedrive' ? heading.replace(/^[^-]+ - /, '') : heading
  const plain = plainHeading(bare)
  // amoCRM has the whole name beside its parts.
  if (preset === 'amocrm' && record === 'contact' && plain === 'имя') return 'firstName'
  return FIELD_BY_HEADING[record].get(plain) ?? null
}
