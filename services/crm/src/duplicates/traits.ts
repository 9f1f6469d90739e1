import { addressesIn, type Addresses } from '../contacts/addresses.ts'
import { readPhone } from '../contacts/phone-number.ts'
import { companyDomainsOf } from '../companies/domain.ts'
import { parse } from 'tldts'

export const TRAIT_KINDS = ['called', 'name', 'phone', 'telegram', 'mailbox', 'domain', 'company', 'word'] as const
export type TraitKind = (typeof TRAIT_KINDS)[number]
export interface Trait {
  readonly kind: TraitKind
  readonly value: string
}

/** A contact as it is compared; names as `fold_text` writes them. */
export interface ComparedContact extends Addresses {
  readonly foldedName: string
  readonly foldedCompany: string | null
}
export interface ComparedCompany {
  readonly foldedName: string
  readonly domains: readonly string[]
  readonly phone: string | null
}

/** Of a name, as a key: what is typed wrong is mostly further behind. */
const LETTERS_OF_WORD = 4
const MAX_WORDS = 6

/** Mailboxes of many people. */
const SHARED_MAILBOXES: ReadonlySet<string> = new Set(
  'info sales support office admin contact hello mail noreply billing accounts help team service marketing zakaz buhgalter priemnaya'.split(' '),
)

/** What says how a company is owned, and nothing about which it is; folded as names are. */
const LEGAL_FORMS: ReadonlySet<string> = new Set(
  (
    'ooo zao oao pao ao ip nko too tov chp llc ltd limited inc incorporated corp corporation co company gmbh mbh ag kg ug ohg ' +
    'sa sas sarl srl spa bv nv oy oyj ab aps plc pty llp lp kft sro doo zoo group gruppa kompaniya'
  ).split(' '),
)

const words = (folded: string): string[] => folded.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '')

/** The words of a name in an order of their own: first and last names change places. */
const orderless = (folded: string): string => words(folded).toSorted().join(' ')

/** Of a company, without its legal form, unless it has nothing else. */
export function companyWords(folded: string): string[] {
  const all = words(folded)
  const own = all.filter((word) => !LEGAL_FORMS.has(word))
  return own.length > 0 ? own : all
}

export function traitsOfContact(contact: ComparedContact): Trait[] {
  const { foldedName, foldedCompany } = contact
  const { emails, phones, telegrams } = addressesIn(contact)
  const called = orderless(foldedName)
  const beginnings = words(foldedName)
    .slice(0, MAX_WORDS)
    .map((word) => word.slice(0, LETTERS_OF_WORD))
  const addresses = emails.map(({ address }) => address.trim().toLowerCase())
  const domains = addresses.flatMap((address) => companyDomainsOf(address).slice(-1))
  const company = foldedCompany === null ? [] : [companyWords(foldedCompany).join('')]
  const near = (kind: TraitKind, places: readonly string[]) =>
    places.flatMap((place) => beginnings.map((beginning) => ({ kind, value: `${place} ${beginning}` })))
  return distinct([
    { kind: 'called', value: called },
    ...(called.includes(' ') ? [{ kind: 'name' as const, value: called }] : []),
    ...phones.flatMap(({ e164 }) => (e164 === null ? [] : [{ kind: 'phone' as const, value: e164 }])),
    ...telegrams.flatMap(({ username }) => (username === null ? [] : [{ kind: 'telegram' as const, value: username.toLowerCase() }])),
    ...addresses.flatMap(mailboxOf).map((value) => ({ kind: 'mailbox' as const, value })),
    ...near('domain', domains),
    ...near('company', company),
  ])
}

/** The name before the @, as people write it to be themselves everywhere: without what mail services overlook. */
function mailboxOf(address: string): string[] {
  const name = (address.split('@')[0] ?? '').replace(/\+.*$/, '').replaceAll(/[._-]/g, '')
  return name.length >= 5 && !SHARED_MAILBOXES.has(name) ? [name] : []
}

export function traitsOfCompany({ foldedName, domains, phone }: ComparedCompany): Trait[] {
  const own = companyWords(foldedName)
  const number = phone === null ? null : (readPhone(phone, null).e164 ?? phone.replaceAll(/\D/g, ''))
  return distinct([
    { kind: 'called', value: own.join(' ') },
    { kind: 'name', value: own.join('') },
    ...own.slice(0, MAX_WORDS).flatMap((word) => (word.length >= 3 ? [{ kind: 'word' as const, value: word.slice(0, LETTERS_OF_WORD) }] : [])),
    ...domains.flatMap((domain) => parse(domain).domainWithoutSuffix ?? []).map((value) => ({ kind: 'domain' as const, value })),
    ...(number !== null && number.length >= 7 ? [{ kind: 'phone' as const, value: number }] : []),
  ])
}

const MAX_TRAITS = 80

function distinct(traits: readonly Trait[]): Trait[] {
  const found = new Map(
    traits.filter(({ value }) => value !== '').map((trait) => [`${trait.kind} ${trait.value}`, { ...trait, value: trait.value.slice(0, 400).toWellFormed() }]),
  )
  return [...found.values()].slice(0, MAX_TRAITS)
}
