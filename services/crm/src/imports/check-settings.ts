import { CUSTOM_PREFIX, customFieldIdOf, IMPORT_FIELDS, isRepeatableField, rulesWithin, type ImportAnalysis, type ImportSettings } from '@ai-crm/contracts'
import { fieldDenied, requireMember, type FieldError } from '@ai-crm/platform'
import { isSupportedCountry } from 'libphonenumber-js/max'
import type { Ctx, Db } from '../ctx.ts'
import type { FieldRow } from '../fields/field.ts'
import { distinctTags, requireTags } from '../tags/known-tags.ts'
import { rightMissing, settingsUnfit } from './errors.ts'

/** The field of a contact that a column sets, as roles name it. */
const RULED: Readonly<Record<string, string>> = {
  email: 'email',
  phone: 'phone',
  telegram: 'telegrams',
  company: 'company',
  position: 'position',
  note: 'note',
}
const ADDRESSED = ['name', 'firstName', 'lastName', 'email', 'phone', 'telegram']

/** That whoever imports could do by hand what the file does. Throws `settingsUnfit` (422), `fieldDenied`, `rightMissing` (403), `tagUnknown`, `notAMember` (422). */
export async function checkSettings(ctx: Ctx, db: Db, analysis: ImportAnalysis, settings: ImportSettings, fields: readonly FieldRow[]): Promise<void> {
  const problems = problemsOf(analysis, settings, fields)
  if (problems.length > 0) throw settingsUnfit(problems)
  const rules = rulesWithin('contact', ctx.rights?.fields['contact'])
  const denied = settings.fields.flatMap((field) => (field !== null && Object.hasOwn(rules, RULED[field] ?? field) ? [RULED[field] ?? field] : []))
  if (denied.length > 0) throw fieldDenied([...new Set(denied)])
  const may = (permission: 'crm.contact.create' | 'crm.contact.update') => !ctx.rights || ctx.rights.permissions.has(permission)
  if (!may('crm.contact.create')) throw rightMissing('create contacts')
  if ((settings.policy === 'fill' || settings.policy === 'overwrite') && !may('crm.contact.update')) throw rightMissing('change contacts')
  await requireMember(ctx, db, settings.ownerId, 'ownerId')
  await requireTags(db, distinctTags(settings.tagIds), [])
}

function problemsOf({ columns }: ImportAnalysis, { fields: chosen, country, replacements }: ImportSettings, custom: readonly FieldRow[]): FieldError[] {
  const problems: FieldError[] = []
  if (chosen.length !== columns.length) problems.push({ field: '/fields', message: `The file has ${columns.length} columns` })
  if (!chosen.some((field) => field !== null && ADDRESSED.includes(field)))
    problems.push({ field: '/fields', message: 'Say which column has names, addresses or phones' })
  if (country !== null && !isSupportedCountry(country)) problems.push({ field: '/country', message: 'Not a country' })
  chosen.forEach((field, at) => {
    if (field === null) return
    if (!isKnown(field, custom)) problems.push({ field: `/fields/${at}`, message: 'There is no such field' })
    else if (!isRepeatableField(field) && chosen.indexOf(field) < at) problems.push({ field: `/fields/${at}`, message: 'Another column is this already' })
  })
  replacements.forEach(({ column }, at) => {
    if (column >= columns.length) problems.push({ field: `/replacements/${at}/column`, message: 'There is no such column' })
  })
  return problems
}

const isKnown = (field: string, custom: readonly FieldRow[]): boolean =>
  customFieldIdOf(field) === null
    ? IMPORT_FIELDS.some((known) => known === field)
    : custom.some(({ id, kind }) => kind !== 'relation' && CUSTOM_PREFIX + id === field)
