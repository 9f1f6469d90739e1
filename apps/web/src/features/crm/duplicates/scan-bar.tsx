import type { DuplicateScan, MergeRecord } from '@ai-crm/contracts'
import { ScanSearch } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../../lib/session/session-store.ts'
import { Button } from '../../../ui/button.tsx'
import { Time } from '../../../ui/time.tsx'
import { useScan } from './use-duplicate-commands.ts'

/** How far the search through everything is, and how it begins. */
export function ScanBar({ record, scan }: { record: MergeRecord; scan: DuplicateScan | undefined }) {
  const { t } = useTranslation()
  const canScan = useCan(`crm.${record}.update`)
  const start = useScan(record)
  if (!scan) return null
  if (scan.state === 'running')
    return (
      <div className="flex items-center gap-2 text-xs text-muted">
        <progress
          aria-label={t('duplicates.scanning')}
          value={scan.scanned}
          max={Math.max(scan.total, 1)}
          className="h-1.5 w-28 overflow-hidden rounded-full accent-accent"
        />
        <span className="tabular-nums" role="status">
          {t('duplicates.scanned', { scanned: scan.scanned, total: scan.total })}
        </span>
        {canScan && (
          <AfterAWhile key={scan.scanned}>
            <Button isBusy={start.isPending} onClick={() => start.mutate(undefined)}>
              {t('duplicates.scanGoOn')}
            </Button>
          </AfterAWhile>
        )}
      </div>
    )
  return (
    <div className="flex items-center gap-3">
      {scan.finishedAt && (
        <span className="hidden text-xs text-faint md:inline">
          {t('duplicates.searched')} <Time at={scan.finishedAt} form="relative" />
        </span>
      )}
      {canScan && (
        <Button icon={<ScanSearch />} isBusy={start.isPending} onClick={() => start.mutate(undefined)}>
          <span className="sr-only sm:not-sr-only">{t('duplicates.scan')}</span>
        </Button>
      )}
    </div>
  )
}

const A_WHILE_MS = 20_000

/** For a search that does not move: one that was given up goes on from where it was. */
function AfterAWhile({ children }: { children: ReactNode }) {
  const [isOver, setOver] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setOver(true), A_WHILE_MS)
    return () => clearTimeout(timer)
  }, [])
  return isOver ? children : null
}
