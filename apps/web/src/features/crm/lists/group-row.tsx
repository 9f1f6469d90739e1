import type { ListRecord } from '@ai-crm/contracts'
import clsx from 'clsx'
import { ChevronDown, ChevronRight } from 'lucide-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { regionalLocale } from '../../../lib/time/format.ts'
import { Button } from '../../../ui/button.tsx'
import { useMoneyText } from '../deals/use-money-text.ts'
import { groupLabel } from './groups.ts'
import type { GroupItem, RestItem } from './list-items.ts'
import { fieldLabel, type ShownField } from './offered-fields.ts'
import { amountsOf, sumText } from './sum-text.ts'

interface PlacedProps {
  index: number
  /** In CSS pixels from the first row. */
  top: number
  span: number
  isCursor: boolean
}

const look = 'absolute inset-x-0 top-0 flex h-11 items-center border-b border-line px-2 md:px-3'

interface GroupRowProps extends PlacedProps {
  item: GroupItem
  record: ListRecord
  field: ShownField
  columns: readonly ShownField[]
  nameOf: (userId: string) => string | null
  onToggle: () => void
}

/** Begins a group: what its records have in common, how many they are, and what they come to. */
export function GroupRow({ item: { group, isOpen }, record, field, columns, nameOf, index, top, span, isCursor, onToggle }: GroupRowProps) {
  const { t, i18n } = useTranslation()
  const locale = regionalLocale(i18n.language, navigator.languages)
  const money = useMoneyText()
  const label = groupLabel({ t, locale, nameOf }, record, field, group)
  const sums = columns.flatMap((column) => {
    const told = group.sums.filter((sum) => sum.field === column.key)
    const amounts = amountsOf(told)
    const text = amounts.length > 0 ? money(amounts) : told.map((sum) => sumText(sum, locale)).join(' · ')
    return text === '' ? [] : [t('lists.sum', { field: fieldLabel(t, record, column), sum: text })]
  })
  return (
    <div role="row" aria-rowindex={index + 2} className={clsx(look, 'bg-canvas')} style={{ transform: `translateY(${top}px)` }}>
      <div role="gridcell" aria-colspan={span} data-cursor={isCursor || undefined} className="flex min-w-0 flex-1 items-center gap-4">
        <button
          type="button"
          data-focus
          aria-expanded={isOpen}
          tabIndex={isCursor ? 0 : -1}
          onClick={onToggle}
          className="sticky left-2 flex h-8 min-w-0 scroll-mt-8 items-center gap-2 rounded-md px-1 text-sm font-medium hover:bg-hover [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-muted"
        >
          {isOpen ? <ChevronDown aria-hidden /> : <ChevronRight aria-hidden />}
          <span className="truncate">{label}</span>
          <span className="font-normal text-faint tabular-nums">{new Intl.NumberFormat(locale).format(group.count)}</span>
        </button>
        {sums.length > 0 && <span className="truncate text-xs text-muted tabular-nums max-md:hidden">{sums.join('   ')}</span>}
      </div>
    </div>
  )
}

interface RestRowProps extends PlacedProps {
  item: RestItem
  onNeed: (groupId: string) => void
}

/** Rows that are on their way, from when they come into sight. */
export function RestRow({ item: { groupId, isFailed }, index, top, span, isCursor, onNeed }: RestRowProps) {
  const { t } = useTranslation()
  // Whenever something has changed: the next page is asked for while this stands in sight.
  useEffect(() => {
    if (!isFailed) onNeed(groupId)
  })
  return (
    <div role="row" aria-rowindex={index + 2} className={look} style={{ transform: `translateY(${top}px)` }}>
      <div
        role="gridcell"
        aria-colspan={span}
        tabIndex={isCursor ? 0 : -1}
        data-cursor={isCursor || undefined}
        className="flex flex-1 items-center gap-2 px-7 text-xs text-faint"
      >
        {t(isFailed ? 'lists.groups.failed' : 'common.loading')}
        {isFailed && (
          <Button kind="quiet" className="h-7! px-2! text-xs!" onClick={() => onNeed(groupId)}>
            {t('common.tryAgain')}
          </Button>
        )}
      </div>
    </div>
  )
}
