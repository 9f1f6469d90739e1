import { Emails, MAX_ADDRESSES, Telegrams } from '@ai-crm/contracts'
import { isSupportedCountry, type CountryCode } from 'libphonenumber-js/max'
import { normalEmail } from '../contacts/normal-email.ts'
import { readPhone } from '../contacts/phone-number.ts'
import { nameOfSender } from '../contacts/sender.ts'
import { readSeveral } from '../several-in-cell.ts'
import type { ContactDraft } from './draft.ts'
import { isPersonField, PersonCells } from './person-cells.ts'
import { CommonCells, type CellTaker, type DraftingContext, type Taken } from './record-cells.ts'

const LIMITS = { name: 200, firstName: 200, lastName: 200, company: 200, position: 200, note: 5000 } as const

export class ContactCells implements CellTaker {
  readonly #common: CommonCells
  readonly #country: CountryCode | null
  readonly #emails: ContactDraft['emails'] = []
  readonly #phones: ContactDraft['phones'] = []
  readonly #telegrams: ContactDraft['telegrams'] = []
  readonly #person: PersonCells

  constructor(context: DraftingContext) {
    const { country } = context.settings
    this.#common = new CommonCells(context, LIMITS)
    this.#person = new PersonCells(context)
    this.#country = country !== null && isSupportedCountry(country) ? country : null
  }

  take(field: string, text: string, given: string): Taken {
    if (field === 'email') return this.#takeEmails(text)
    if (field === 'phone') return this.#takePhones(text)
    if (field === 'telegram') return this.#takeTelegrams(text)
    return isPersonField(field) ? this.#person.take(field, text) : this.#common.take(field, text, given)
  }

  #takeEmails(text: string): Taken {
    for (const part of text.split(/[;,\s|]+/).filter((one) => one !== '')) {
      const [email] = Emails.safeParse([{ address: part.replace(/^mailto:/i, '').replaceAll(/^<|>$/g, '') }]).data ?? []
      if (!email) return 'crm.import.email_invalid'
      if (this.#emails.every(({ address }) => normalEmail(address) !== normalEmail(email.address))) this.#emails.push(email)
    }
    return this.#emails.length > MAX_ADDRESSES ? 'crm.import.too_many_addresses' : true
  }

  #takePhones(text: string): Taken {
    for (const part of readSeveral(text)) {
      if (part.length > 40) return 'crm.import.phone_invalid'
      const phone = { ...readPhone(part, this.#country), label: null }
      if (this.#phones.every(({ number, e164 }) => (phone.e164 === null ? number !== phone.number : e164 !== phone.e164))) this.#phones.push(phone)
    }
    return this.#phones.length > MAX_ADDRESSES ? 'crm.import.too_many_addresses' : true
  }

  #takeTelegrams(text: string): Taken {
    for (const part of readSeveral(text)) {
      const bare = part.replace(/^(?:https?:\/\/)?(?:t\.me|telegram\.me)\//i, '').replace(/^@/, '')
      const [account] = Telegrams.safeParse([/^\d+$/.test(bare) ? { id: bare } : { username: bare }]).data ?? []
      if (!account) return 'crm.import.telegram_invalid'
      this.#telegrams.push(account)
    }
    return this.#telegrams.length > MAX_ADDRESSES ? 'crm.import.too_many_addresses' : true
  }

  made(): ContactDraft | string {
    const { tags, custom, named, ownerId } = this.#common
    const text = (field: keyof typeof LIMITS) => this.#common.text(field)
    const whole = [text('firstName'), text('lastName')].filter((part) => part !== null).join(' ')
    const name = text('name') ?? (whole === '' ? null : whole.slice(0, LIMITS.name))
    const [email, phone, telegram] = [this.#emails[0], this.#phones[0], this.#telegrams[0]]
    const fallbackName = email ? nameOfSender({ address: email.address, name: null }) : (phone?.number ?? telegram?.username ?? telegram?.id ?? null)
    if (name === null && fallbackName === null) return 'crm.import.name_missing'
    return {
      record: 'contact',
      name,
      fallbackName,
      company: text('company'),
      position: text('position'),
      note: text('note'),
      emails: this.#emails,
      phones: this.#phones,
      telegrams: this.#telegrams,
      person: this.#person.made(),
      tags,
      ownerId,
      custom,
      named,
    }
  }
}
