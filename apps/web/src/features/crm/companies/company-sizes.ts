import { COMPANY_SIZES, type CompanySize } from '@ai-crm/contracts'
import type { TFunction } from 'i18next'

interface SizeOption {
  value: string
  label: string
}

/** For a select; the empty one is "not known". */
export const sizeOptions = (t: TFunction): SizeOption[] => [
  { value: '', label: '—' },
  ...COMPANY_SIZES.map((value) => ({ value, label: t('companies.people', { range: value }) })),
]

export const sizeOf = (text: string): CompanySize | null => COMPANY_SIZES.find((size) => size === text) ?? null
