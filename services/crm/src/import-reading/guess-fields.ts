import { CUSTOM_PREFIX, isRepeatableField, type ImportAnalysis, type ImportColumn, type ImportRecord } from '@ai-crm/contracts'
import { fieldOfHeading } from './headings.ts'
import { plainHeading } from './plain-heading.ts'

interface NamedField {
  readonly id: string
  readonly label: string
  readonly kind: string
}

/** Beside an amount of several currencies: its second column, as exports of ours call it. */
const CURRENCY_WORDS = ['currency', 'валюта']

/** What each column is likely to be, by its heading, else by what stands in it. */
export function guessFields(
  columns: readonly ImportColumn[],
  preset: ImportAnalysis['preset'],
  record: ImportRecord,
  custom: readonly NamedField[],
): (string | null)[] {
  const taken = new Set<string>()
  const take = (field: string | null): string | null => {
    if (field === null || (taken.has(field) && !isRepeatableField(field))) return null
    taken.add(field)
    return field
  }
  const byHeading = columns.map(
    ({ heading }) => take(fieldOfHeading(heading, preset, record) ?? customOf(heading, custom)) ?? currencyOf(heading, custom, taken),
  )
  if (record !== 'contact') return byHeading
  const guessed = byHeading.map((field, at) => field ?? take(taken.has('email') ? null : byContent(columns[at]?.samples ?? [])))
  return withoutWholeName(guessed)
}

const customOf = (heading: string, custom: readonly NamedField[]): string | null => {
  const found = custom.find(({ label }) => plainHeading(label) === plainHeading(heading))
  return found ? CUSTOM_PREFIX + found.id : null
}

/** The amount that the currency is of, where that has a column. */
function currencyOf(heading: string, custom: readonly NamedField[], taken: ReadonlySet<string>): string | null {
  const isIts = ({ kind, label }: NamedField) => kind === 'money' && CURRENCY_WORDS.some((word) => plainHeading(`${label} ${word}`) === plainHeading(heading))
  const found = custom.find((field) => isIts(field) && taken.has(CUSTOM_PREFIX + field.id))
  return found ? CUSTOM_PREFIX + found.id : null
}

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/

const byContent = (samples: readonly string[]): string | null => (samples.length > 0 && samples.every((sample) => EMAIL.test(sample.trim())) ? 'email' : null)

/** Where both parts of a name have columns, a third one with the whole would say it twice. */
function withoutWholeName(fields: (string | null)[]): (string | null)[] {
  if (fields.includes('firstName') && fields.includes('lastName')) return fields.map((field) => (field === 'name' ? null : field))
  // A surname beside "name" means that the name is the first one.
  return fields.includes('lastName') ? fields.map((field) => (field === 'name' ? 'firstName' : field)) : fields
}
