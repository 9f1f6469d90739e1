import type { ListRecord } from '@ai-crm/contracts'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/api/api.ts'
import { Dialog, DialogBody } from '../../../ui/dialog.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { SkeletonRows } from '../../../ui/states.tsx'
import { Time } from '../../../ui/time.tsx'
import { fieldLabel } from '../lists/offered-fields.ts'
import { ToldValue } from '../lists/told-value.tsx'
import { useToldFields } from '../lists/use-told-fields.ts'

interface AsOfDialogProps {
  record: ListRecord
  id: string
  at: string
  nameOf: (userId: string) => string | null
  onClose: () => void
}

interface Then {
  since: string
  isDeleted: boolean
  row: object
}

async function askThen(record: ListRecord, id: string, at: string, signal: AbortSignal): Promise<Then> {
  if (record === 'contact') {
    const { contact: row, ...then } = await api.crm.getContactAsOf({ params: { contactId: id }, query: { at }, signal })
    return { ...then, row }
  }
  if (record === 'company') {
    const { company: row, ...then } = await api.crm.getCompanyAsOf({ params: { companyId: id }, query: { at }, signal })
    return { ...then, row }
  }
  const { deal: row, ...then } = await api.crm.getDealAsOf({ params: { dealId: id }, query: { at }, signal })
  return { ...then, row }
}

/** A record as it was after an event of its story. */
export function AsOfDialog({ record, id, at, nameOf, onClose }: AsOfDialogProps) {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery({ queryKey: ['crm', 'as-of', record, id, at], queryFn: ({ signal }) => askThen(record, id, at, signal) })
  const fields = useToldFields(record)
  return (
    <Dialog title={t('bulk.asItWas')} isOpen onClose={onClose}>
      <DialogBody>
        {error && <ProblemNote error={error} onRetry={() => void refetch()} />}
        {!data && !error && <SkeletonRows count={5} label={t('common.loading')} />}
        {data && (
          <>
            <p className="text-sm text-muted">
              <Time at={data.since} form="full" /> {data.isDeleted && t('bulk.thenDeleted')}
            </p>
            <dl className="grid grid-cols-[minmax(6rem,2fr)_minmax(0,3fr)] gap-x-4 gap-y-1.5 text-sm" data-first-focus tabIndex={-1}>
              {fields.map((field) => (
                <div key={field.key} className="contents">
                  <dt className="min-w-0 break-words text-muted">{fieldLabel(t, record, field)}</dt>
                  <dd className="min-w-0 break-words empty:before:text-faint empty:before:content-['—']">
                    <ToldValue field={field} row={data.row} nameOf={nameOf} />
                  </dd>
                </div>
              ))}
            </dl>
          </>
        )}
      </DialogBody>
    </Dialog>
  )
}
