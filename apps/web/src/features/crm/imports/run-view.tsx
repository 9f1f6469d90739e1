import type { Import, Operation } from '@ai-crm/contracts'
import { useQuery } from '@tanstack/react-query'
import { Download, Undo2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/api/api.ts'
import { saveFile } from '../../../lib/api/save-file.ts'
import { useCommand } from '../../../lib/api/use-command.ts'
import { useCan } from '../../../lib/session/session-store.ts'
import { Button } from '../../../ui/button.tsx'
import { Confirm } from '../../../ui/confirm.tsx'
import { Section } from '../../../ui/page.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { SkippedDialog } from '../bulk/skipped-dialog.tsx'
import { TouchedLink } from '../bulk/touched-link.tsx'
import { Counts } from './counts.tsx'
import { ProgressBar } from './progress-bar.tsx'
import { revertQuery } from './queries.ts'
import type { ImportCommands } from './use-import-commands.ts'
import { problemWord, reasonWord } from './words.ts'

interface RunViewProps {
  found: Import & { operation: Operation }
  commands: ImportCommands
}

const isOver = ({ status }: Operation): boolean => ['done', 'cancelled', 'failed'].includes(status)

/** How it ended otherwise than by reaching its end. */
function endOf({ status, undoneById }: Operation): 'reverted' | 'cancelled' | 'failed' | null {
  if (undoneById !== null) return 'reverted'
  return status === 'cancelled' || status === 'failed' ? status : null
}

/** How far the import is, then what it did. */
export function RunView({ found, commands }: RunViewProps) {
  const { t } = useTranslation()
  const { operation } = found
  const { total, changed, unchanged, skipped, reasons, status } = operation
  const done = changed + unchanged + skipped
  const end = endOf(operation)
  const title = end ? t(`imports.ended.${end}`) : t(isOver(operation) ? 'imports.result' : `imports.running.${status}`)
  const text = isOver(operation) ? end && end !== 'reverted' && t('imports.of', { done, total: total ?? done }) : t('imports.mayLeave')
  return (
    <Section title={title} {...(text ? { text } : {})}>
      {!isOver(operation) && (
        <>
          <ProgressBar label={t('imports.running.running')} done={done} total={total ?? 0} />
          <p aria-live="polite" className="text-sm text-muted tabular-nums">
            {t('imports.of', { done, total: total ?? 0 })}
          </p>
          <Button className="self-start" isBusy={commands.cancel.isPending} onClick={() => commands.cancel.mutate(operation.id)}>
            {t('imports.stop')}
          </Button>
        </>
      )}
      <Counts
        items={[
          { label: t('imports.counts.changed'), count: changed },
          { label: t('imports.counts.unchanged'), count: unchanged },
          { label: t('imports.counts.skipped'), count: skipped - found.refused },
          { label: t('imports.counts.refused'), count: found.refused },
        ]}
      />
      {reasons.length > 0 && (
        <ul aria-label={t('imports.reasonsTitle')} className="flex flex-col divide-y divide-line rounded-xl border border-line text-sm">
          {reasons.map(({ code, count }) => (
            <li key={code} className="flex justify-between gap-3 px-4 py-2">
              <span>{reasonWord(t, code)}</span>
              <span className="shrink-0 whitespace-nowrap text-muted tabular-nums">{t('imports.times', { count })}</span>
            </li>
          ))}
        </ul>
      )}
      {found.problem && (
        <p role="alert" className="rounded-xl border border-danger-line bg-danger-soft px-4 py-3 text-sm">
          {problemWord(t, found.problem)}
        </p>
      )}
      {isOver(operation) && <After found={found} commands={commands} />}
    </Section>
  )
}

/** What can be done with what was imported. */
function After({ found: { id, refused, operation }, commands }: RunViewProps) {
  const { t } = useTranslation()
  const canDelete = useCan(`crm.${operation.record}.delete`)
  const [isAsking, setIsAsking] = useState(false)
  const save = useCommand({ run: async () => saveFile(await api.crm.downloadRefusedRows({ params: { importId: id } }), t('imports.downloadName')) })
  // One that could take nothing back is no undoing of the import any more, and is told all the same.
  const undoId = operation.undoneById ?? commands.revert.data?.id
  const error = commands.revert.error ?? save.error
  return (
    <>
      {error && <ProblemNote error={error} />}
      {undoId && <Reverted operationId={undoId} />}
      <div className="flex flex-wrap gap-2">
        <TouchedLink
          orAll
          operation={operation}
          className="inline-flex h-8 items-center rounded-lg border border-line-strong bg-surface px-3 text-sm hover:bg-hover"
        >
          {t(`imports.showOf.${operation.record}`)}
        </TouchedLink>
        {refused > 0 && (
          <Button icon={<Download />} isBusy={save.isPending} title={t('imports.downloadHint')} onClick={() => save.mutate(undefined)}>
            {t('imports.download')}
          </Button>
        )}
        {canDelete && operation.undoneById === null && operation.changed > 0 && (
          <Button kind="danger" icon={<Undo2 />} onClick={() => setIsAsking(true)}>
            {t('imports.revert')}
          </Button>
        )}
      </div>
      <Confirm
        isOpen={isAsking}
        title={t('imports.revertTitle')}
        text={t('imports.revertText')}
        action={t('imports.revert')}
        dismissal={t('common.leave')}
        isBusy={commands.revert.isPending}
        onConfirm={() => commands.revert.mutate(undefined, { onSettled: () => setIsAsking(false) })}
        onClose={() => setIsAsking(false)}
      />
    </>
  )
}

function Reverted({ operationId }: { operationId: string }) {
  const { t } = useTranslation()
  const { data } = useQuery(revertQuery(operationId))
  const [isShowingLeft, setIsShowingLeft] = useState(false)
  if (!data || !isOver(data))
    return (
      <>
        <ProgressBar label={t('imports.reverting')} done={(data?.changed ?? 0) + (data?.skipped ?? 0)} total={data?.total ?? 0} />
        <p role="status" className="text-sm text-muted">
          {t('imports.reverting')}
        </p>
      </>
    )
  return (
    <>
      <p role="status" className="text-sm">
        {t('imports.reverted', { changed: data.changed })} {data.skipped > 0 && t('imports.revertLeft', { skipped: data.skipped })}
      </p>
      {data.skipped > 0 && (
        <Button className="self-start" onClick={() => setIsShowingLeft(true)}>
          {t('imports.revertLeftShow')}
        </Button>
      )}
      {isShowingLeft && <SkippedDialog operation={data} onClose={() => setIsShowingLeft(false)} />}
    </>
  )
}
