import type { Company } from '@ai-crm/contracts'
import { Link } from '@tanstack/react-router'
import { useVirtualizer } from '@tanstack/react-virtual'
import clsx from 'clsx'
import { useEffect, useRef, type MouseEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Avatar } from '../../../ui/avatar.tsx'
import { Time } from '../../../ui/time.tsx'

/** Height of a row in CSS pixels (`h-11`). */
const ROW_PX = 44

interface CompanyTableProps {
  companies: readonly Company[]
  nameOf: (userId: string) => string | null
  selectedIndex: number
  /** The one beside the list; then the columns that have no room are left out. */
  openId: string | null
  hasMore: boolean
  onEnd: () => void
  /** Opens beside the list; absent where there is no room: the row leads to the page. */
  onOpen?: (companyId: string) => void
}

const columnsOf = (isNarrow: boolean): string =>
  clsx(
    'grid grid-cols-[minmax(0,1fr)_auto] gap-4',
    isNarrow
      ? 'md:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]'
      : 'md:grid-cols-[minmax(0,1.4fr)_minmax(0,1.2fr)_minmax(0,0.9fr)] xl:grid-cols-[minmax(0,1.4fr)_minmax(0,1.2fr)_minmax(0,1fr)_minmax(0,1fr)_7rem]',
  )

/** With a modifier a link does what links do: a new tab, a new window. */
const isPlain = ({ metaKey, ctrlKey, shiftKey, altKey, button }: MouseEvent): boolean => button === 0 && !metaKey && !ctrlKey && !shiftKey && !altKey

function Row({
  company,
  owner,
  isSelected,
  isNarrow,
  onOpen,
}: {
  company: Company
  owner: string | null
  isSelected: boolean
  isNarrow: boolean
  onOpen?: (id: string) => void
}) {
  const domain = company.domains?.[0]
  return (
    <Link
      to="/companies/$companyId"
      params={{ companyId: company.id }}
      data-selected={isSelected || undefined}
      onClick={(event) => {
        if (!onOpen || !isPlain(event)) return
        event.preventDefault()
        onOpen(company.id)
      }}
      className={clsx(
        columnsOf(isNarrow),
        'h-11 items-center border-b border-line px-4 transition-colors md:px-5',
        isSelected ? 'bg-accent-soft' : 'hover:bg-hover',
      )}
    >
      <span className="flex min-w-0 items-center gap-3">
        <Avatar name={company.name} seed={domain ?? company.name} shape="square" />
        <span className="flex min-w-0 flex-col">
          <span className="truncate font-medium">{company.name}</span>
          <span className="truncate text-xs text-faint md:hidden">{domain}</span>
        </span>
      </span>
      <span className="hidden truncate text-muted md:block">{company.domains?.join(', ')}</span>
      {!isNarrow && (
        <>
          <span className="hidden truncate text-muted md:block">{company.industry}</span>
          <span className="hidden truncate text-muted xl:block">{owner}</span>
          <span className="hidden text-xs text-faint tabular-nums xl:block">
            <Time at={company.createdAt} />
          </span>
        </>
      )}
    </Link>
  )
}

/** Only the rows in sight are in the document; the next page is fetched before the end is seen. */
export function CompanyTable({ companies, nameOf, selectedIndex, openId, hasMore, onEnd, onOpen }: CompanyTableProps) {
  const { t } = useTranslation()
  const scroller = useRef<HTMLDivElement>(null)
  const virtualizer = useVirtualizer({ count: companies.length, getScrollElement: () => scroller.current, estimateSize: () => ROW_PX, overscan: 12 })
  const rows = virtualizer.getVirtualItems()
  const lastShown = rows.at(-1)?.index ?? 0
  const isNarrow = openId !== null
  useEffect(() => {
    if (hasMore && lastShown >= companies.length - 15) onEnd()
  }, [hasMore, lastShown, companies.length, onEnd])
  useEffect(() => {
    if (selectedIndex >= 0) virtualizer.scrollToIndex(selectedIndex, { align: 'auto' })
  }, [selectedIndex, virtualizer])

  return (
    <>
      <div
        aria-hidden
        className={clsx(columnsOf(isNarrow), 'h-8 shrink-0 items-center border-b border-line bg-canvas px-4 text-2xs font-medium text-faint md:px-5')}
      >
        <span>{t('companies.name')}</span>
        <span className="hidden md:block">{t('companies.domains')}</span>
        {!isNarrow && (
          <>
            <span className="hidden md:block">{t('companies.industry')}</span>
            <span className="hidden xl:block">{t('records.owner')}</span>
            <span className="hidden xl:block">{t('companies.created')}</span>
          </>
        )}
      </div>
      <div ref={scroller} className="min-h-0 flex-1 overflow-y-auto" tabIndex={-1}>
        <ul aria-label={t('companies.title')} className="relative" style={{ height: virtualizer.getTotalSize() }}>
          {rows.map(({ index, start }) => {
            const company = companies[index]
            if (!company) return null
            return (
              <li
                key={company.id}
                aria-setsize={companies.length}
                aria-posinset={index + 1}
                className="absolute inset-x-0 top-0"
                style={{ transform: `translateY(${start}px)` }}
              >
                <Row
                  company={company}
                  owner={company.ownerId && nameOf(company.ownerId)}
                  isSelected={index === selectedIndex || company.id === openId}
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
