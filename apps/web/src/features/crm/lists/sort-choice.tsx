import type { ListRecord } from '@ai-crm/contracts'
import { ArrowDownWideNarrow, ArrowUpNarrowWide } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../../ui/button.tsx'
import { Choice } from '../../../ui/field.tsx'
import { usualDirection } from './list-query.ts'
import { fieldLabel, type ShownField } from './offered-fields.ts'
import type { Order } from './table-header.tsx'

/** In which order a list stands. */
export function SortChoice({
  record,
  fields,
  order,
  onOrder,
}: {
  record: ListRecord
  fields: readonly ShownField[]
  order: Order
  onOrder: (order: Order) => void
}) {
  const { t } = useTranslation()
  const isUp = order.direction === 'asc'
  return (
    <div className="flex min-w-0 items-center gap-1 max-sm:hidden">
      <Choice
        isLabelHidden
        label={t('lists.sort')}
        value={order.sort}
        options={fields.filter(({ isSortable }) => isSortable).map((field) => ({ value: field.key, label: fieldLabel(t, record, field) }))}
        onChange={(sort) => onOrder({ sort, direction: usualDirection(sort) })}
        className="h-8! w-auto max-w-40"
      />
      <IconButton label={isUp ? t('lists.ascending') : t('lists.descending')} onClick={() => onOrder({ ...order, direction: isUp ? 'desc' : 'asc' })}>
        {isUp ? <ArrowUpNarrowWide /> : <ArrowDownWideNarrow />}
      </IconButton>
    </div>
  )
}
