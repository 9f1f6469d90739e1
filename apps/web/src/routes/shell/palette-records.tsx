import { Command } from 'cmdk'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useSettled } from '../../lib/use-settled.ts'
import { useFoundRecords } from './use-found-records.tsx'

interface RecordResultsProps {
  query: string
  itemClass: string
  groupClass: string
  /** The first result arrived: it is what Enter should open. */
  onFound: (itemValue: string) => void
  onDone: () => void
}

/** Records that match, found by the server: the palette's own filter must not hide them again. */
export function RecordResults({ query, itemClass, groupClass, onFound, onDone }: RecordResultsProps) {
  const { t } = useTranslation()
  const settled = useSettled(query, 180)
  const enabled = settled.length >= 2
  const { groups, isFetching } = useFoundRecords(settled, enabled)
  const firstValue = groups[0]?.records[0]?.key
  useEffect(() => {
    if (enabled && firstValue) onFound(firstValue)
  }, [enabled, firstValue, onFound])
  // The palette counts its own items only: where records were found, there is something.
  const nothing = <Command.Empty className="px-3 py-8 text-center text-muted">{t('palette.empty', { query })}</Command.Empty>
  if (!enabled) return nothing
  return (
    <>
      {groups.length === 0 && !isFetching && nothing}
      {groups.map(({ heading, records }) => (
        <Command.Group key={heading} forceMount heading={heading} className={groupClass}>
          {records.map(({ key, title, detail, picture, open }) => (
            <Command.Item
              key={key}
              forceMount
              value={key}
              className={itemClass}
              onSelect={() => {
                onDone()
                open()
              }}
            >
              {picture}
              <span className="truncate">{title}</span>
              <span className="min-w-0 flex-1 truncate text-xs text-faint">{detail}</span>
            </Command.Item>
          ))}
        </Command.Group>
      ))}
      {isFetching && <Command.Loading className="px-2.5 py-2 text-xs text-faint">{t('palette.searching')}</Command.Loading>}
    </>
  )
}
