import { Link, type ErrorComponentProps } from '@tanstack/react-router'
import { Compass } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { ProblemPage } from '../ui/problem.tsx'
import { EmptyState, SkeletonRows } from '../ui/states.tsx'

export function PagePending() {
  const { t } = useTranslation()
  return (
    <div className="max-w-xl">
      <SkeletonRows count={6} label={t('common.loading')} />
    </div>
  )
}

/** The places of the shell while it is on its way: nothing jumps when it arrives. */
export function ShellPending() {
  return (
    <div className="flex h-dvh flex-col md:flex-row">
      <div className="hidden w-52 shrink-0 md:block xl:w-56" />
      <main className="min-h-0 min-w-0 flex-1 bg-surface md:my-2 md:mr-2 md:rounded-xl md:border md:border-line">
        <PagePending />
      </main>
      <div className="h-14 shrink-0 border-t border-line md:hidden" />
    </div>
  )
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
