import { Link, type ErrorComponentProps } from '@tanstack/react-router'
import { Compass } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { ProblemPage } from '../ui/problem.tsx'
import { EmptyState, SkeletonRows } from '../ui/states.tsx'

export function PagePending() {
  const { t } = useTranslation()
  return <SkeletonRows count={6} label={t('common.loading')} />
}

export const PageCrash = ({ error, reset }: ErrorComponentProps) => (
  <ProblemPage error={error instanceof Error ? error : new Error(String(error))} onRetry={reset} />
)

export function NotFound() {
  const { t } = useTranslation()
  return (
    <main className="grid h-full place-items-center">
      <EmptyState isWholePage icon={<Compass />} title={t('problems.notFoundTitle')} text={t('problems.notFoundText')}>
        <Link to="/" className="font-medium text-accent-text hover:underline">
          {t('problems.home')}
        </Link>
      </EmptyState>
    </main>
  )
}
