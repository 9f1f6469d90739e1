import { Emails, Phones, Telegrams, type Contact, type ContactEmail, type ContactPhone, type ContactTelegram, type UpdateContact } from '@ai-crm/contracts'

type Lists = Pick<Contact, 'emails' | 'phones' | 'telegrams'>
export type AddressList = keyof Lists
export type Address<List extends AddressList> = Lists[List][number]

/** What a kind of address is to the page: how it is shown, typed and opened. */
export interface AddressKind<List extends AddressList> {
  readonly list: List
  /** The field whose rule of the role holds for the list. */
  readonly rule: 'email' | 'phone' | 'telegrams'
  readonly maxLength: number
  readonly input: 'email' | 'tel' | 'text'
  textOf(address: Address<List>): string
  shownAs(address: Address<List>): string
  hrefOf(address: Address<List>): string | null
  /** Null where it is none. `before`: what stood there. */
  read(typed: string, label: string | null, before: Address<List> | null): Address<List> | null
  update(addresses: readonly Address<List>[]): UpdateContact
}

export const emailKind: AddressKind<'emails'> = {
  list: 'emails',
  rule: 'email',
  maxLength: 254,
  input: 'email',
  textOf: ({ address }: ContactEmail) => address,
  shownAs: ({ address }) => address,
  hrefOf: ({ address }) => `mailto:${encodeURIComponent(address)}`,
  read: (typed, label) => Emails.safeParse([{ address: typed, label }]).data?.[0] ?? null,
  update: (addresses) => ({ emails: [...addresses] }),
}

export const phoneKind: AddressKind<'phones'> = {
  list: 'phones',
  rule: 'phone',
  maxLength: 40,
  input: 'tel',
  textOf: ({ number }: ContactPhone) => number,
  shownAs: ({ number, international }) => international ?? number,
  // RFC 3966, 5.3.
  hrefOf: ({ e164, extension }) => e164 && `tel:${e164}${extension ? `;ext=${extension}` : ''}`,
  read: (typed, label) => {
    const phone = Phones.safeParse([{ number: typed, label }]).data?.[0]
    return phone ? { ...phone, e164: null, extension: null, international: null } : null
  },
  update: (addresses) => ({ phones: addresses.map(({ number, label }) => ({ number, label })) }),
}

/** The name of an account, of its address in the web as well. */
const accountIn = (typed: string): string => typed.trim().replace(/^(https?:\/\/)?(t\.me|telegram\.me)\//i, '')

export const telegramKind: AddressKind<'telegrams'> = {
  list: 'telegrams',
  rule: 'telegrams',
  maxLength: 60,
  input: 'text',
  textOf: ({ id, username }: ContactTelegram) => (username ? `@${username}` : (id ?? '')),
  shownAs: ({ id, username }) => (username ? `@${username}` : (id ?? '')),
  hrefOf: ({ username }) => username && `https://t.me/${username}`,
  read: (typed, label, before) => {
    const account = accountIn(typed)
    // A number belongs to an account for ever, its name may change.
    const given = /^\d+$/.test(account) ? { id: account, username: before?.username ?? null } : { id: before?.id ?? null, username: account }
    return Telegrams.safeParse([{ ...given, label }]).data?.[0] ?? null
  },
  update: (addresses) => ({ telegrams: [...addresses] }),
}
