import { customFieldIdOf, Emails, MAX_ADDRESSES, Telegrams, type CustomValue, type ImportSettings } from '@ai-crm/contracts'
import { isSupportedCountry, type CountryCode } from 'libphonenumber-js/max'
import { normalEmail } from '../contacts/normal-email.ts'
import { readPhone } from '../contacts/phone-number.ts'
import { nameOfSender } from '../contacts/sender.ts'
import type { FieldRow } from '../fields/field.ts'
import { customCell } from './custom-cell.ts'
import type { Complaint, Draft, DraftedRow } from './draft.ts'
import { cleanText, type TableRow } from './table.ts'
import { severalOf, type NumberStyle } from './values.ts'

export interface DraftingContext {
  readonly settings: ImportSettings
  readonly fields: readonly FieldRow[]
  readonly people: ReadonlyMap<string, string>
  /** How many columns have headings. */
  readonly width: number
  readonly numbers: NumberStyle
}

/** Longer than anything that people write about somebody. */
const MAX_ROW = 100_000
const MAX_KEPT_CELL = 1_000
const LIMITS = { name: 200, company: 200, position: 200, note: 5000 } as const

/** Rows of the file as contacts, and what is wrong with them: nothing is asked of the database. */
export function rowDrafter(context: DraftingContext): (row: TableRow) => DraftedRow {
  const { settings, width } = context
  const replaced = replacementsOf(settings)
  const country = settings.country !== null && isSupportedCountry(settings.country) ? settings.country : null
  return ({ number, cells }) => {
    const length = cells.reduce((sum, cell) => sum + cell.length, 0)
    const kept = cells.slice(0, width).map((cell) => cleanText(length > MAX_ROW ? cell.slice(0, MAX_KEPT_CELL) : cell))
    const wrong = (code: string): DraftedRow => ({ number, cells: kept, draft: null, complaints: [{ code, column: null, value: '' }] })
    if (length > MAX_ROW) return wrong('crm.import.row_too_long')
    if (cells.slice(width).some((cell) => cell.trim() !== '')) return wrong('crm.import.too_many_cells')
    const maker = new DraftMaker(context, country)
    kept.forEach((cell, column) => maker.take(column, unquoted(cell), replaced))
    return { number, cells: kept, ...maker.made() }
  }
}

/** Exports of ours mark by an apostrophe what a spreadsheet would run. */
const unquoted = (cell: string): string => cell.trim().replace(/^'(?=\s*[=+\-@])/, '')

/** As complaints show a value, and as it is named when it is mended. */
const shownOf = (text: string): string => text.slice(0, 200).toWellFormed()

type Replaced = (column: number, text: string) => string

function replacementsOf({ replacements }: ImportSettings): Replaced {
  const byPlace = new Map(replacements.map(({ column, from, to }) => [`${column}/${from}`, to]))
  return (column, text) => (byPlace.size === 0 ? text : (byPlace.get(`${column}/${shownOf(text)}`) ?? text))
}

type Texts = { -readonly [Key in keyof typeof LIMITS]: string | null } & { firstName: string | null; lastName: string | null }

class DraftMaker {
  readonly #context: DraftingContext
  readonly #country: CountryCode | null
  readonly #complaints: Complaint[] = []
  readonly #texts: Texts = { name: null, firstName: null, lastName: null, company: null, position: null, note: null }
  readonly #emails: Draft['emails'] = []
  readonly #phones: Draft['phones'] = []
  readonly #telegrams: Draft['telegrams'] = []
  readonly #tags: string[] = []
  readonly #custom: Record<string, CustomValue> = {}
  #ownerId: string | null = null

  constructor(context: DraftingContext, country: CountryCode | null) {
    this.#context = context
    this.#country = country
  }

  /** Complains with what stands in the file, so that a value can be mended once more. */
  take(column: number, given: string, replaced: Replaced): void {
    const field = this.#context.settings.fields[column]
    const text = replaced(column, given)
    if (text === '' || field === null || field === undefined) return
    const isRight = this.#set(field, text)
    if (isRight !== true) this.#complaints.push({ code: isRight, column, value: shownOf(given) })
  }

  /** True, or the code of what is wrong. */
  #set(field: string, text: string): true | string {
    const customId = customFieldIdOf(field)
    if (customId !== null) return this.#setCustom(customId, text)
    if (field === 'email') return this.#addEmails(text)
    if (field === 'phone') return this.#addPhones(text)
    if (field === 'telegram') return this.#addTelegrams(text)
    if (field === 'tags') return this.#addTags(text)
    if (field === 'owner') return this.#setOwner(text)
    if (field === 'firstName' || field === 'lastName') return this.#setText(field, text, LIMITS.name)
    if (field === 'note' && this.#texts.note !== null) return this.#setText('note', `${this.#texts.note}\n${text}`, LIMITS.note)
    if (field === 'name' || field === 'company' || field === 'position' || field === 'note') return this.#setText(field, text, LIMITS[field])
    return 'crm.import.value_invalid'
  }

  #setText(key: keyof Texts, text: string, limit: number): true | string {
    if (text.length > limit) return 'crm.import.text_too_long'
    this.#texts[key] = text
    return true
  }

  #addEmails(text: string): true | string {
    for (const part of text.split(/[;,\s|]+/).filter((one) => one !== '')) {
      const [email] = Emails.safeParse([{ address: part.replace(/^mailto:/i, '').replaceAll(/^<|>$/g, '') }]).data ?? []
      if (!email) return 'crm.import.email_invalid'
      if (this.#emails.every(({ address }) => normalEmail(address) !== normalEmail(email.address))) this.#emails.push(email)
    }
    return this.#emails.length > MAX_ADDRESSES ? 'crm.import.too_many_addresses' : true
  }

  #addPhones(text: string): true | string {
    for (const part of severalOf(text)) {
      if (part.length > 40) return 'crm.import.phone_invalid'
      const phone = { ...readPhone(part, this.#country), label: null }
      if (this.#phones.every(({ number, e164 }) => (phone.e164 === null ? number !== phone.number : e164 !== phone.e164))) this.#phones.push(phone)
    }
    return this.#phones.length > MAX_ADDRESSES ? 'crm.import.too_many_addresses' : true
  }

  #addTelegrams(text: string): true | string {
    for (const part of severalOf(text)) {
      const bare = part.replace(/^(?:https?:\/\/)?(?:t\.me|telegram\.me)\//i, '').replace(/^@/, '')
      const [account] = Telegrams.safeParse([/^\d+$/.test(bare) ? { id: bare } : { username: bare }]).data ?? []
      if (!account) return 'crm.import.telegram_invalid'
      this.#telegrams.push(account)
    }
    return this.#telegrams.length > MAX_ADDRESSES ? 'crm.import.too_many_addresses' : true
  }

  #addTags(text: string): true | string {
    for (const tag of severalOf(text)) {
      if (tag.length > 60) return 'crm.import.text_too_long'
      if (this.#tags.every((known) => known.toLowerCase() !== tag.toLowerCase())) this.#tags.push(tag)
    }
    return this.#tags.length > 40 ? 'crm.import.too_many_tags' : true
  }

  #setOwner(text: string): true | string {
    this.#ownerId = this.#context.people.get(text.toLowerCase()) ?? null
    return this.#ownerId === null ? 'crm.import.owner_unknown' : true
  }

  #setCustom(id: string, text: string): true | string {
    const field = this.#context.fields.find((one) => one.id === id)
    const value = field && customCell(field, text, { ...this.#context, dates: this.#context.settings.dates })
    if (value === null || value === undefined)
      return field?.kind === 'select' || field?.kind === 'multiSelect' ? 'crm.import.option_unknown' : `crm.import.${field?.kind ?? 'value'}_invalid`
    this.#custom[id] = value
    return true
  }

  made(): Pick<DraftedRow, 'draft' | 'complaints'> {
    if (this.#complaints.length > 0) return { draft: null, complaints: this.#complaints }
    const { firstName, lastName, ...texts } = this.#texts
    const whole = [firstName, lastName].filter((part) => part !== null).join(' ')
    const name = texts.name ?? (whole === '' ? null : whole.slice(0, LIMITS.name))
    const [email, phone, telegram] = [this.#emails[0], this.#phones[0], this.#telegrams[0]]
    const fallbackName = email ? nameOfSender({ address: email.address, name: null }) : (phone?.number ?? telegram?.username ?? telegram?.id ?? null)
    if (name === null && fallbackName === null) return { draft: null, complaints: [{ code: 'crm.import.name_missing', column: null, value: '' }] }
    const draft = {
      ...texts,
      name,
      fallbackName,
      emails: this.#emails,
      phones: this.#phones,
      telegrams: this.#telegrams,
      tags: this.#tags,
      ownerId: this.#ownerId,
      custom: this.#custom,
    }
    return { draft, complaints: [] }
  }
}
