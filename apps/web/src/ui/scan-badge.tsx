import type { FileScan } from '@ai-crm/contracts'
import { LoaderCircle, ShieldAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Badge } from './badge.tsx'

/** What a file is not given out for; nothing for one that is. */
export function ScanBadge({ scan }: { scan: FileScan | null | undefined }) {
  const { t } = useTranslation()
  if (!scan || scan.state === 'clean') return null
  if (scan.state === 'waiting') return <Badge icon={<LoaderCircle aria-hidden />}>{t('files.scan.waiting')}</Badge>
  return (
    <Badge tone="danger" icon={<ShieldAlert aria-hidden />}>
      {scan.state === 'infected' ? t('files.scan.infected', { finding: scan.finding ?? '' }) : t('files.scan.unscannable')}
    </Badge>
  )
}

/** Whether it is kept but not given out, for good. */
export const isShut = (scan: FileScan | null | undefined): boolean => scan?.state === 'infected' || scan?.state === 'unscannable'

/** While a verdict is on its way. */
export const SCAN_SOON_MS = 5_000
