import { CUSTOM_PREFIX, type GivenCustom, type MoveDeal } from '@ai-crm/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { parseMoney } from '../../../../lib/money/money.ts'
import { useCustomForm, type CustomForm } from '../../fields/custom-inputs.tsx'
import { useFields } from '../../fields/queries.ts'
import { usualCurrency } from '../currencies.ts'

export type MoveFields = NonNullable<MoveDeal['fields']>

/** Fields of a deal that the dialog of a move can ask for. */
const KNOWN = ['amountMinor', 'expectedCloseOn', 'companyId', 'contacts', 'ownerId', 'tagIds', 'lostReason'] as const
export type KnownKey = (typeof KNOWN)[number]

/** What a stage demands, while a form asks for it. */
export interface DemandedForm {
  readonly keys: readonly KnownKey[]
  readonly custom: CustomForm
  readonly given: MoveFields
  set: (part: MoveFields) => void
  readonly amount: { readonly text: string; readonly currency: string; readonly isWrong: boolean; set: (text: string, currency: string) => void }
  /** From now on it is said what is missing. */
  show: () => void
  readonly isShown: boolean
  /** Null while something is missing, or no value of its field. */
  readonly fields: MoveFields | null
}

const isGiven = (value: unknown): boolean => value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0)

/** `optional`: asked for, but not demanded. */
export function useDemandedForm(keys: readonly string[], optional: readonly string[]): DemandedForm {
  const { i18n } = useTranslation()
  const custom = useCustomForm(useFields('deal').filter(({ id }) => keys.includes(`${CUSTOM_PREFIX}${id}`)))
  const [given, setGiven] = useState<MoveFields>({})
  const [isShown, setIsShown] = useState(false)
  const [amount, setAmount] = useState(() => ({ text: '', currency: usualCurrency(i18n.language) }))
  const amountMinor = amount.text.trim() === '' ? null : parseMoney(amount.text, amount.currency)
  const known = KNOWN.filter((key) => keys.includes(key) || optional.includes(key))
  const all: MoveFields = { ...given, ...(amountMinor === null ? {} : { amountMinor, currency: amount.currency }), ...customOf(custom.custom) }
  const isComplete = custom.custom !== null && known.every((key) => optional.includes(key) || isGiven(all[key]))
  return {
    keys: known,
    custom,
    given,
    set: (part) => setGiven({ ...given, ...part }),
    amount: { ...amount, isWrong: amount.text.trim() !== '' && amountMinor === null, set: (text, currency) => setAmount({ text, currency }) },
    show: () => {
      custom.show()
      setIsShown(true)
    },
    isShown,
    fields: isComplete ? all : null,
  }
}

const customOf = (custom: GivenCustom | null): MoveFields => (custom && Object.keys(custom).length > 0 ? { custom } : {})
