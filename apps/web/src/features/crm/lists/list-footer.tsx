import type { ListRecord, Summary } from '@ai-crm/contracts'
import { hashKey, keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { regionalLocale } from '../../../lib/time/format.ts'
import { Button } from '../../../ui/button.tsx'
import type { SummaryParams, summaryQueryOf } from './list-query.ts'
import { MoneySum } from '../deals/money-sum.tsx'
import { fieldLabel, type ShownField } from './offered-fields.ts'
import { isSummed, summedKeys } from './summed-fields.ts'
import { amountsOf, sumText } from './sum-text.ts'

interface ListFooterProps {
  record: ListRecord
  columns: readonly ShownField[]
  queryOf: (summed: SummaryParams) => ReturnType<typeof summaryQueryOf<object>>
}

const footerLook =
  'flex h-9 shrink-0 items-center gap-4 overflow-x-auto border-t border-line bg-canvas px-4 text-xs whitespace-nowrap text-muted tabular-nums md:px-5'

/** How many records the list has, and what its amounts come to: of all of them, not only of those in sight. */
export function ListFooter({ record, columns, queryOf }: ListFooterProps) {
  const { t } = useTranslation()
  const asked = hashKey(queryOf({ fields: [], isExact: false }).queryKey)
  /** What is counted to its end: the next filter begins anew. */
  const [exactOf, setExactOf] = useState<string | null>(null)
  const isExact = exactOf === asked
  const fields = summedKeys(columns)
  const { data, error, isFetching, refetch } = useQuery({ ...queryOf({ fields, isExact }), placeholderData: keepPreviousData })
  if (error && !data)
    return (
      <footer className={footerLook}>
        <span role="status">{t('lists.notCounted')}</span>
        <Button kind="quiet" className="h-7! px-2! text-xs!" isBusy={isFetching} onClick={() => void refetch()}>
          {t('common.tryAgain')}
        </Button>
      </footer>
    )
  if (!data) return null
  return (
    <footer className={footerLook}>
      <span role="status">{data.isExact ? t('lists.count', { count: data.count }) : t('lists.countAtLeast', { count: data.count })}</span>
      {!data.isExact && (
        <Button kind="quiet" className="h-7! px-2! text-xs!" isBusy={isFetching} onClick={() => setExactOf(asked)}>
          {t('lists.countAll')}
        </Button>
      )}
      {columns.filter(isSummed).map((field) => (
        <Sums key={field.key} label={fieldLabel(t, record, field)} sums={data.sums.filter((sum) => sum.field === field.key)} />
      ))}
    </footer>
  )
}

function Sums({ label, sums }: { label: string; sums: Summary['sums'] }) {
  const { t, i18n } = useTranslation()
  const locale = regionalLocale(i18n.language, navigator.languages)
  const told = sums.flatMap(({ sum, currency }) => (sum === null ? [] : [{ sum, currency }]))
  if (told.length === 0) return null
  const amounts = amountsOf(told)
  if (amounts.length < told.length)
    return <span className="max-md:hidden">{t('lists.sum', { field: label, sum: told.map((each) => sumText(each, locale)).join(' · ') })}</span>
  return (
    <span className="flex gap-1 max-md:hidden">
      {label}: <MoneySum sums={amounts} />
    </span>
  )
}
