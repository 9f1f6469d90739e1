import type { Operation } from '@ai-crm/contracts'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui/button.tsx'
import { Dialog, DialogBody } from '../../../ui/dialog.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { SkeletonRows } from '../../../ui/states.tsx'
import { skippedQuery } from './queries.ts'
import { reasonText } from './reason-text.ts'
import { RecordLink } from './record-link.tsx'

/** The records that an operation left as they are, or did in part only, each with its reason. */
export function SkippedDialog({ operation, onClose }: { operation: Operation; onClose: () => void }) {
  const { t } = useTranslation()
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(skippedQuery(operation.id))
  const items = data?.pages.flatMap((page) => page.items) ?? []
  return (
    <Dialog title={t('bulk.skippedTitle')} isOpen onClose={onClose}>
      <DialogBody>
        {error && <ProblemNote error={error} onRetry={() => void refetch()} />}
        {!data && !error && <SkeletonRows count={3} label={t('common.loading')} />}
        <ul aria-label={t('bulk.skippedTitle')} className="flex flex-col divide-y divide-line text-sm">
          {items.map(({ ordinal, recordId, name, code }) => (
            <li key={ordinal} className="flex flex-col gap-0.5 py-2">
              {recordId && name ? <RecordLink record={operation.record} id={recordId} name={name} /> : <span>{name ?? t('bulk.nameless')}</span>}
              {code && <span className="text-xs text-muted">{reasonText(t, code)}</span>}
            </li>
          ))}
        </ul>
        {hasNextPage && (
          <Button className="self-start" isBusy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t('common.loadMore')}
          </Button>
        )}
      </DialogBody>
    </Dialog>
  )
}
