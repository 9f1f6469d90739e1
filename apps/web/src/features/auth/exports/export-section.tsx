import { useQuery } from '@tanstack/react-query'
import { PackageOpen } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../../lib/session/session-store.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog, DialogActions, DialogBody } from '../../../ui/dialog.tsx'
import { Section } from '../../../ui/page.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { EXPORT_ANCHOR } from './anchor.ts'
import { EarlierExports } from './earlier-exports.tsx'
import { ReadyExport } from './ready-export.tsx'
import { RunningExport } from './running-export.tsx'
import { exportsQuery } from './queries.ts'
import { useExportCommands } from './use-export-commands.ts'

/** Everything of the organisation in one archive. For owners; others read why they see no button. */
export function ExportSection() {
  const { t } = useTranslation()
  const canExport = useCan('auth.organization.export')
  return (
    <Section title={t('exports.title')} text={t(canExport ? 'exports.text' : 'exports.ownersOnly')} anchor={EXPORT_ANCHOR}>
      {canExport && <Exports />}
    </Section>
  )
}

function Exports() {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery(exportsQuery)
  const commands = useExportCommands()
  const [isAsking, setAsking] = useState(false)
  const running = data?.items.find(({ state }) => state === 'running')
  const ready = data?.items.filter(({ state }) => state === 'ready') ?? []
  const earlier = data?.items.filter(({ state }) => state !== 'running' && state !== 'ready') ?? []
  return (
    <>
      {error && <ProblemNote error={error} onRetry={() => void refetch()} />}
      {commands.drop.error && <ProblemNote error={commands.drop.error} />}
      {commands.download.error && <ProblemNote error={commands.download.error} />}
      {running && <RunningExport running={running} isCancelling={commands.drop.isPending} onCancel={() => commands.drop.mutate(running.id)} />}
      {ready.map((one) => (
        <ReadyExport key={one.id} ready={one} commands={commands} />
      ))}
      {data && !running && (
        <div>
          <Button icon={<PackageOpen />} onClick={() => setAsking(true)}>
            {t('exports.begin')}
          </Button>
        </div>
      )}
      <EarlierExports exports={earlier} />
      <Dialog title={t('exports.beginTitle')} isOpen={isAsking} onClose={() => setAsking(false)}>
        <BeginForm begin={commands.begin} onDone={() => setAsking(false)} />
      </Dialog>
    </>
  )
}

function BeginForm({ begin, onDone }: { begin: ReturnType<typeof useExportCommands>['begin']; onDone: () => void }) {
  const { t } = useTranslation()
  return (
    <>
      <DialogBody>
        {begin.error && <ProblemNote error={begin.error} />}
        <p>{t('exports.beginText')}</p>
        <p className="text-muted">{t('exports.neverIn')}</p>
      </DialogBody>
      <DialogActions>
        <Button onClick={onDone}>{t('common.cancel')}</Button>
        <Button kind="primary" data-first-focus isBusy={begin.isPending} onClick={() => begin.mutate(undefined, { onSuccess: onDone })}>
          {t('exports.beginAction')}
        </Button>
      </DialogActions>
    </>
  )
}
