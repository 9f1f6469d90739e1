import type { Deal } from '@ai-crm/contracts'
import { Link } from '@tanstack/react-router'
import { useVirtualizer } from '@tanstack/react-virtual'
import clsx from 'clsx'
import { useEffect, useRef, type MouseEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Amount } from './amount.tsx'
import { CalendarDay } from './calendar-day.tsx'
import { StageBadge } from './stage-badge.tsx'

/** Height of a row in CSS pixels (`h-11`). */
const ROW_PX = 44

interface DealTableProps {
  deals: readonly Deal[]
  nameOf: (userId: string) => string | null
  selectedIndex: number
  /** The one beside the list; then the columns that have no room are left out. */
  openId: string | null
  hasMore: boolean
  onEnd: () => void
  /** Opens beside the list; absent where there is no room: the row leads to the page. */
  onOpen?: (dealId: string) => void
}

const columnsOf = (isNarrow: boolean): string =>
  clsx(
    'grid grid-cols-[minmax(0,1fr)_auto] gap-4',
    isNarrow
      ? 'md:grid-cols-[minmax(0,1.6fr)_minmax(0,1fr)_9rem]'
      : 'md:grid-cols-[minmax(0,1.6fr)_minmax(0,0.8fr)_9rem_minmax(0,1fr)] xl:grid-cols-[minmax(0,1.6fr)_minmax(0,0.8fr)_9rem_minmax(0,1fr)_minmax(0,0.9fr)_7rem]',
  )

/** With a modifier a link does what links do: a new tab, a new window. */
const isPlain = ({ metaKey, ctrlKey, shiftKey, altKey, button }: MouseEvent): boolean => button === 0 && !metaKey && !ctrlKey && !shiftKey && !altKey

interface RowProps {
  deal: Deal
  owner: string | null
  isSelected: boolean
  isNarrow: boolean
  onOpen?: (id: string) => void
}

function Row({ deal, owner, isSelected, isNarrow, onOpen }: RowProps) {
  return (
    <Link
      to="/deals/$dealId"
      params={{ dealId: deal.id }}
      data-selected={isSelected || undefined}
      onClick={(event) => {
        if (!onOpen || !isPlain(event)) return
        event.preventDefault()
        onOpen(deal.id)
      }}
      className={clsx(
        columnsOf(isNarrow),
        'h-11 items-center border-b border-line px-4 transition-colors md:px-5',
        isSelected ? 'bg-accent-soft' : 'hover:bg-hover',
      )}
    >
      <span className="flex min-w-0 flex-col">
        <span className="truncate font-medium">{deal.title}</span>
        <Amount deal={deal} className="truncate text-xs text-faint tabular-nums md:hidden" />
      </span>
      <Amount deal={deal} className="hidden truncate text-right tabular-nums md:block" />
      <span>
        <StageBadge stage={deal.stage} />
      </span>
      {!isNarrow && (
        <>
          <span className="hidden truncate text-muted md:block">{deal.companyName}</span>
          <span className="hidden truncate text-muted xl:block">{owner}</span>
          <span className="hidden text-xs text-faint tabular-nums xl:block">{deal.expectedCloseOn && <CalendarDay day={deal.expectedCloseOn} />}</span>
        </>
      )}
    </Link>
  )
}

/** Only the rows in sight are in the document; the next page is fetched before the end is seen. */
export function DealTable({ deals, nameOf, selectedIndex, openId, hasMore, onEnd, onOpen }: DealTableProps) {
  const { t } = useTranslation()
  const scroller = useRef<HTMLDivElement>(null)
  const virtualizer = useVirtualizer({ count: deals.length, getScrollElement: () => scroller.current, estimateSize: () => ROW_PX, overscan: 12 })
  const rows = virtualizer.getVirtualItems()
  const lastShown = rows.at(-1)?.index ?? 0
  const isNarrow = openId !== null
  useEffect(() => {
    if (hasMore && lastShown >= deals.length - 15) onEnd()
  }, [hasMore, lastShown, deals.length, onEnd])
  useEffect(() => {
    if (selectedIndex >= 0) virtualizer.scrollToIndex(selectedIndex, { align: 'auto' })
  }, [selectedIndex, virtualizer])

  return (
    <>
      <div
        aria-hidden
        className={clsx(columnsOf(isNarrow), 'h-8 shrink-0 items-center border-b border-line bg-canvas px-4 text-2xs font-medium text-faint md:px-5')}
      >
        <span>{t('deals.name')}</span>
        <span className="hidden text-right md:block">{t('deals.amount')}</span>
        <span>{t('deals.stage')}</span>
        {!isNarrow && (
          <>
            <span className="hidden md:block">{t('deals.company')}</span>
            <span className="hidden xl:block">{t('records.owner')}</span>
            <span className="hidden xl:block">{t('deals.expectedClose')}</span>
          </>
        )}
      </div>
      <div ref={scroller} className="min-h-0 flex-1 overflow-y-auto" tabIndex={-1}>
        <ul aria-label={t('deals.title')} className="relative" style={{ height: virtualizer.getTotalSize() }}>
          {rows.map(({ index, start }) => {
            const deal = deals[index]
            if (!deal) return null
            return (
              <li
                key={deal.id}
                aria-setsize={deals.length}
                aria-posinset={index + 1}
                className="absolute inset-x-0 top-0"
                style={{ transform: `translateY(${start}px)` }}
              >
                <Row
                  deal={deal}
                  owner={deal.ownerId && nameOf(deal.ownerId)}
                  isSelected={index === selectedIndex || deal.id === openId}
                  isNarrow={isNarrow}
                  {...(onOpen ? { onOpen } : {})}
                />
              </li>
            )
          })}
        </ul>
      </div>
    </>
  )
}
