import { RotateCcw, TriangleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { ProblemError } from '@ai-crm/contracts'
import { explain } from '../lib/api/explain.ts'
import { Button } from './button.tsx'

/** What went wrong, what to do, and the id to quote to support. */
export function ProblemNote({ error, onRetry }: { error: Error; onRetry?: () => void }) {
  const { t } = useTranslation()
  return (
    <div role="alert" className="flex items-start gap-2.5 rounded-xl border border-danger-line bg-danger-soft px-3.5 py-3 text-sm">
      <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-danger" />
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <p className="text-ink">{explain(error, t)}</p>
        {error instanceof ProblemError && error.problem.requestId && (
          <p className="text-xs break-all text-muted">{t('common.requestId', { id: error.problem.requestId })}</p>
        )}
      </div>
      {onRetry && (
        <Button className="h-7!" icon={<RotateCcw />} onClick={onRetry}>
          {t('common.tryAgain')}
        </Button>
      )}
    </div>
  )
}

/** The same, where a whole page or pane could not be shown. */
export function ProblemPage({ error, onRetry }: { error: Error; onRetry?: () => void }) {
  return (
    <div className="mx-auto w-full max-w-lg p-6">
      <ProblemNote error={error} {...(onRetry ? { onRetry } : {})} />
    </div>
  )
}
