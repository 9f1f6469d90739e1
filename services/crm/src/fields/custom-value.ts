import { Day, isCurrency, Money, type CustomValue, type Field, type GivenCustom } from '@ai-crm/contracts'
import { z } from 'zod'

type Given = GivenCustom[string]
type Definition = Pick<Field, 'kind' | 'options' | 'formula'>

/** As it is kept, or null for an empty one; `isWrong` says why it is none. */
export type ReadValue = { readonly value: CustomValue | null } | { readonly isWrong: string }

const MAX_TEXT = 2000

/** What a field of this kind keeps of what was given; `current` may stay, also where it could not be chosen anew. */
export function readValue({ kind, options, formula }: Definition, given: Given, current: CustomValue | null): ReadValue {
  if (formula !== null) return wrong('Computed by its formula')
  if (given === null || given === '' || (Array.isArray(given) && given.length === 0)) return { value: null }
  if (kind === 'multiSelect') return readChoices(options, given, Array.isArray(current) ? current : [])
  if (kind === 'select') return readChoice(options, given, current)
  return READERS[kind](given)
}

const wrong = (isWrong: string): ReadValue => ({ isWrong })
const Id = z.uuid()
const Address = z.url({ protocol: /^https?$/ }).max(MAX_TEXT)

const readId = (given: Given): ReadValue => (Id.safeParse(given).success && typeof given === 'string' ? { value: given.toLowerCase() } : wrong('Not an id'))

const READERS: Readonly<Record<Exclude<Field['kind'], 'select' | 'multiSelect'>, (given: Given) => ReadValue>> = {
  text: (given) => {
    if (typeof given !== 'string') return wrong('Not a text')
    const text = given.trim()
    return text.length > MAX_TEXT ? wrong(`At most ${MAX_TEXT} characters`) : { value: text === '' ? null : text }
  },
  number: (given) => (typeof given === 'number' ? { value: given } : wrong('Not a number')),
  money: (given) => {
    const { data: money } = Money.safeParse(given)
    if (!money) return wrong('Not an amount with its currency')
    return isCurrency(money.currency) ? { value: money } : wrong('Not a currency')
  },
  date: (given) => (typeof given === 'string' && Day.safeParse(given).success ? { value: given } : wrong('Not a date')),
  person: readId,
  relation: readId,
  url: (given) => (typeof given === 'string' && Address.safeParse(given.trim()).success ? { value: given.trim() } : wrong('Not a web address')),
  checkbox: (given) => (typeof given === 'boolean' ? { value: given } : wrong('Neither yes nor no')),
}

const isOffered = (options: Definition['options'], id: string): boolean => options.some((option) => option.id === id && !option.isArchived)

function readChoice(options: Definition['options'], given: Given, current: CustomValue | null): ReadValue {
  if (typeof given !== 'string') return wrong('Not an option')
  return given === current || isOffered(options, given) ? { value: given } : wrong('There is no such option')
}

function readChoices(options: Definition['options'], given: Given, current: readonly string[]): ReadValue {
  if (!Array.isArray(given)) return wrong('Not a list of options')
  const chosen = [...new Set(given)]
  return chosen.every((id) => current.includes(id) || isOffered(options, id)) ? { value: chosen } : wrong('There is no such option')
}
