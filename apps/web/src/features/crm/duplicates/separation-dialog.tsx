import type { Belongings, MergeRecord, SeparationConflict } from '@ai-crm/contracts'
import { useQuery } from '@tanstack/react-query'
import { TriangleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui/button.tsx'
import { Dialog, DialogActions, DialogBody } from '../../../ui/dialog.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { SkeletonRows } from '../../../ui/states.tsx'
import { useFields } from '../fields/queries.ts'
import { fieldLabel } from '../lists/offered-fields.ts'
import { belongingsText } from './belongings-text.ts'
import { separationQuery } from './queries.ts'
import { useUnmerge } from './use-duplicate-commands.ts'

interface SeparationDialogProps {
  record: MergeRecord
  mergeId: string
  /** Of the one that comes back. */
  name: string
  onClose: () => void
}

/** What undoing a merge brings back and what it leaves, before it is done; or why it cannot be undone now. */
export function SeparationDialog({ record, mergeId, name, onClose }: SeparationDialogProps) {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery(separationQuery(record, mergeId))
  const unmerge = useUnmerge(record, onClose)
  return (
    <Dialog title={t('duplicates.unmergeTitle', { name })} isOpen onClose={onClose}>
      <DialogBody>
        {error && <ProblemNote error={error} onRetry={() => void refetch()} />}
        {!data && !error && <SkeletonRows count={2} label={t('common.loading')} />}
        {data?.obstacle && <p className="text-sm">{t(`duplicates.obstacle.${data.obstacle}`, { survivor: data.merge.survivorName })}</p>}
        {data && data.obstacle === null && (
          <>
            <p className="text-sm text-muted">{t('duplicates.unmergeText', { name, survivor: data.merge.survivorName })}</p>
            <Returns returns={data.returns} />
            <Conflicts record={record} conflicts={data.conflicts} />
          </>
        )}
      </DialogBody>
      <DialogActions>
        <Button onClick={onClose}>{t(data?.obstacle ? 'common.close' : 'common.leave')}</Button>
        {!data?.obstacle && (
          <Button kind="primary" data-first-focus disabled={!data} isBusy={unmerge.isPending} onClick={() => unmerge.mutate({ mergeId })}>
            {t('duplicates.unmerge')}
          </Button>
        )}
      </DialogActions>
    </Dialog>
  )
}

function Returns({ returns }: { returns: Belongings }) {
  const { t } = useTranslation()
  const what = belongingsText(t, returns)
  return what === '' ? null : <p className="text-sm">{t('duplicates.returns', { what })}</p>
}

function Conflicts({ record, conflicts }: { record: MergeRecord; conflicts: readonly SeparationConflict[] }) {
  const { t } = useTranslation()
  const fields = useFields(record)
  if (conflicts.length === 0) return <p className="text-sm text-muted">{t('duplicates.noConflicts')}</p>
  const label = (key: string) =>
    fields.find(({ id }) => key === `custom.${id}`)?.label ?? (key === 'emails' ? t('lists.fields.email') : fieldLabel(t, record, { key }))
  return (
    <div className="flex flex-col gap-2 rounded-xl border border-warn-line bg-warn-soft px-3.5 py-3 text-sm">
      <p className="flex items-center gap-2 font-medium">
        <TriangleAlert aria-hidden className="size-4 shrink-0 text-warn" />
        {t('duplicates.conflicts')}
      </p>
      <ul className="flex flex-col gap-1">
        {conflicts.map(({ field, reason, value }, index) => (
          <li key={`${field}${index}`} className="break-words">
            <span className="font-medium">{label(field)}</span>: {t(`duplicates.conflict.${reason}`)}
            {value !== null && field !== 'ownerId' && field !== 'parentId' && <span className="text-muted"> ({value})</span>}
          </li>
        ))}
      </ul>
    </div>
  )
}
