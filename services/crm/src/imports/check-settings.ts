import {
  CUSTOM_PREFIX,
  customFieldIdOf,
  FIELDS_OF_IMPORT,
  isRepeatableField,
  rulesWithin,
  isCurrency,
  type ImportAnalysis,
  type ImportRecord,
  type ImportSettings,
} from '@ai-crm/contracts'
import { fieldDenied, requireMember, type FieldError } from '@ai-crm/platform'
import { isSupportedCountry } from 'libphonenumber-js/max'
import type { Ctx, Db } from '../ctx.ts'
import type { FieldRow } from '../fields/field.ts'
import { distinctTags, requireTags } from '../tags/known-tags.ts'
import { rightMissing, settingsUnfit } from './errors.ts'

/** The field of a record that a column sets, as roles name it, where it is called otherwise. */
const RULED: Readonly<Record<ImportRecord, Readonly<Record<string, string>>>> = {
  contact: { telegram: 'telegrams' },
  company: {},
  deal: {
    amount: 'amountMinor',
    currency: 'amountMinor',
    expectedClose: 'expectedCloseOn',
    company: 'companyId',
    companyDomain: 'companyId',
    people: 'contacts',
  },
}
const PLURAL = { contact: 'contacts', company: 'companies', deal: 'deals' } as const
/** One of these has to be there, for the records to be called something. */
const NAMING: Readonly<Record<ImportRecord, readonly string[]>> = {
  contact: ['name', 'firstName', 'lastName', 'email', 'phone', 'telegram'],
  company: ['name', 'domains'],
  deal: ['title'],
}
const NAMELESS: Readonly<Record<ImportRecord, string>> = {
  contact: 'Say which column has names, addresses or phones',
  company: 'Say which column has names or domains',
  deal: 'Say which column has titles',
}

/** That whoever imports could do by hand what the file does. Throws `settingsUnfit` (422), `fieldDenied`, `rightMissing` (403), `tagUnknown`, `notAMember` (422). */
export async function checkSettings(ctx: Ctx, db: Db, analysis: ImportAnalysis, settings: ImportSettings, fields: readonly FieldRow[]): Promise<void> {
  const problems = problemsOf(analysis, settings, fields)
  if (problems.length > 0) throw settingsUnfit(problems)
  const { record, policy } = settings
  const rules = rulesWithin(record, ctx.rights?.fields[record])
  const denied = settings.fields.flatMap((field) =>
    field !== null && Object.hasOwn(rules, RULED[record][field] ?? field) ? [RULED[record][field] ?? field] : [],
  )
  if (denied.length > 0) throw fieldDenied([...new Set(denied)])
  const may = (what: 'create' | 'update' | 'read') => !ctx.rights || ctx.rights.permissions.has(`crm.${record}.${what}`)
  if (!may('create') || !may('read')) throw rightMissing(`create ${PLURAL[record]}`)
  if ((policy === 'fill' || policy === 'overwrite') && !may('update')) throw rightMissing(`change ${PLURAL[record]}`)
  await requireMember(ctx, db, settings.ownerId, 'ownerId')
  await requireTags(db, distinctTags(settings.tagIds), [])
}

function problemsOf({ columns }: ImportAnalysis, settings: ImportSettings, custom: readonly FieldRow[]): FieldError[] {
  const { record, fields: chosen, country, currency, policy, replacements } = settings
  const problems: FieldError[] = []
  if (chosen.length !== columns.length) problems.push({ field: '/fields', message: `The file has ${columns.length} columns` })
  if (!chosen.some((field) => field !== null && NAMING[record].includes(field))) problems.push({ field: '/fields', message: NAMELESS[record] })
  if (record === 'deal' && (policy === 'fill' || policy === 'overwrite'))
    problems.push({ field: '/policy', message: 'Deals are skipped or made, never changed' })
  if (currency !== null && !isCurrency(currency)) problems.push({ field: '/currency', message: 'Not a currency' })
  if (country !== null && !isSupportedCountry(country)) problems.push({ field: '/country', message: 'Not a country' })
  chosen.forEach((field, at) => {
    if (field === null) return
    if (!isKnown(record, field, custom)) problems.push({ field: `/fields/${at}`, message: 'There is no such field' })
    else if (!isRepeatableField(field) && columnsBefore(chosen, at) > (isMoney(field, custom) ? 1 : 0))
      problems.push({ field: `/fields/${at}`, message: 'Another column is this already' })
  })
  replacements.forEach(({ column }, at) => {
    if (column >= columns.length) problems.push({ field: `/replacements/${at}/column`, message: 'There is no such column' })
  })
  return problems
}

const columnsBefore = (chosen: ImportSettings['fields'], at: number): number => chosen.filter((field, column) => column < at && field === chosen[at]).length

/** Its number and its currency may stand in a column each. */
const isMoney = (field: string, custom: readonly FieldRow[]): boolean => custom.some(({ id, kind }) => kind === 'money' && CUSTOM_PREFIX + id === field)

const isKnown = (record: ImportRecord, field: string, custom: readonly FieldRow[]): boolean =>
  customFieldIdOf(field) === null
    ? FIELDS_OF_IMPORT[record].some((known) => known === field)
    : custom.some(({ id, formula }) => formula === null && CUSTOM_PREFIX + id === field)
