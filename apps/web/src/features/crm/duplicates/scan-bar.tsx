import type { DuplicateScan, MergeRecord } from '@ai-crm/contracts'
import { ScanSearch } from 'lucide-react'
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
