import type { Deal } from '@ai-crm/contracts'
import { useTranslation } from 'react-i18next'
import { formatMoney } from '../../../lib/money/money.ts'
import { regionalLocale } from '../../../lib/time/format.ts'

/** A role may hide the amount: then it is not there. */
export function useAmount(): (deal: Pick<Deal, 'amountMinor' | 'currency'>) => string | null {
  const { i18n } = useTranslation()
  const locale = regionalLocale(i18n.language, navigator.languages)
  return ({ amountMinor, currency }) => (typeof amountMinor === 'number' && currency ? formatMoney(amountMinor, currency, locale) : null)
}

export function Amount({ deal, className }: { deal: Deal; className?: string }) {
  return <span className={className}>{useAmount()(deal)}</span>
}
