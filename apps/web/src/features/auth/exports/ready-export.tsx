import type { OrganizationExport } from '@ai-crm/contracts'
import { Download } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatBytes } from '../../../lib/format-bytes.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { Confirm } from '../../../ui/confirm.tsx'
import { Card } from '../../../ui/page.tsx'
import { Time } from '../../../ui/time.tsx'
import type { useExportCommands } from './use-export-commands.ts'

interface Props {
  ready: OrganizationExport
  commands: Pick<ReturnType<typeof useExportCommands>, 'drop' | 'download'>
}

/** An archive that can be downloaded, and until when. */
export function ReadyExport({ ready, commands: { drop, download } }: Props) {
  const { t, i18n } = useTranslation()
  const [isDropping, setDropping] = useState(false)
  const number = new Intl.NumberFormat(i18n.language)
  const size = formatBytes(ready.archiveBytes, i18n.language)
  return (
    <Card>
      <div className="flex flex-col gap-1">
        <p className="flex flex-wrap items-center gap-2 font-medium">
          <span>
            {t('exports.archiveOf')} <Time at={ready.requestedAt} form="full" />
          </span>
          <Badge tone="ok">{t('exports.states.ready')}</Badge>
        </p>
        <p className="text-sm text-muted tabular-nums">
          {t('exports.content', { rows: number.format(ready.rowCount), files: number.format(ready.fileCount), size })}
        </p>
        {ready.expiresAt && (
          <p className="text-sm text-muted">
            {t('exports.deletedOn')} <Time at={ready.expiresAt} form="full" />
          </p>
        )}
      </div>
      <div className="flex flex-wrap gap-2">
        <Button kind="primary" icon={<Download />} isBusy={download.isPending} onClick={() => download.mutate(ready.id)}>
          {t('exports.download')}
        </Button>
        <Button onClick={() => setDropping(true)}>{t('exports.delete')}</Button>
      </div>
      <Confirm
        isOpen={isDropping}
        title={t('exports.deleteTitle')}
        text={t('exports.deleteText')}
        action={t('exports.deleteAction')}
        isBusy={drop.isPending}
        onConfirm={() => drop.mutate(ready.id, { onSuccess: () => setDropping(false) })}
        onClose={() => setDropping(false)}
      />
    </Card>
  )
}
