import { useTranslation } from 'react-i18next'
import { Skeleton } from '../../../ui/states.tsx'

/** A board that is still on its way. */
export function BoardSkeleton() {
  const { t } = useTranslation()
  return (
    <div role="status" aria-label={t('common.loading')} className="flex min-h-0 flex-1 gap-2.5 overflow-hidden px-3 py-3 md:px-5">
      {[3, 4, 2, 3, 1].map((cards, column) => (
        <div key={column} className="flex w-72 shrink-0 flex-col gap-2 rounded-2xl bg-hover/60 p-2.5">
          <Skeleton className="mb-2 h-5 w-2/5" />
          {Array.from({ length: cards }, (_, index) => (
            <Skeleton key={index} className="h-24 w-full" />
          ))}
        </div>
      ))}
    </div>
  )
}
