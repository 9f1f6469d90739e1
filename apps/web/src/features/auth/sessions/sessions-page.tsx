import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/api/api.ts'
import { useCommand } from '../../../lib/api/use-command.ts'
import { Button } from '../../../ui/button.tsx'
import { Confirm } from '../../../ui/confirm.tsx'
import { PageTitle } from '../../../ui/page.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { SkeletonRows } from '../../../ui/states.tsx'
import { showToast } from '../../../ui/toast-store.ts'
import { sessionsQuery } from './queries.ts'
import { SessionRow } from './session-row.tsx'

export function SessionsPage() {
  const { t } = useTranslation()
  const cache = useQueryClient()
  const [isAsking, setIsAsking] = useState(false)
  const { data, error, refetch } = useQuery(sessionsQuery)
  const reload = () => void cache.invalidateQueries({ queryKey: sessionsQuery.queryKey })
  const endOne = useCommand({
    run: (sessionId: string) => api.auth.endOwnSession({ params: { sessionId } }),
    onSuccess: () => {
      reload()
      showToast({ kind: 'done', text: t('sessions.ended') })
    },
  })
  const endOthers = useCommand({
    run: (_: undefined) => api.auth.endOtherSessions(),
    onSuccess: ({ endedCount }) => {
      reload()
      setIsAsking(false)
      showToast({ kind: 'done', text: t('sessions.othersEnded', { count: endedCount }) })
    },
    onError: () => setIsAsking(false),
  })
  const problem = endOne.error ?? endOthers.error
  const hasOthers = data?.items.some(({ isCurrent }) => !isCurrent) ?? false
  return (
    <>
      <PageTitle title={t('sessions.title')} text={t('sessions.text')} />
      {error && <ProblemNote error={error} onRetry={() => void refetch()} />}
      {problem && <ProblemNote error={problem} />}
      {!data && !error && <SkeletonRows count={3} label={t('common.loading')} />}
      <ul aria-label={t('sessions.title')} className="flex flex-col divide-y divide-line rounded-xl border border-line empty:hidden">
        {data?.items.map((session) => (
          <SessionRow
            key={session.id}
            session={session}
            isEnding={endOne.isPending && endOne.variables === session.id}
            onEnd={() => endOne.mutate(session.id)}
          />
        ))}
      </ul>
      {data && !hasOthers && <p className="mt-4 text-muted">{t('sessions.onlyThis')}</p>}
      {hasOthers && (
        <Button kind="danger" className="mt-4" onClick={() => setIsAsking(true)}>
          {t('sessions.endOthers')}
        </Button>
      )}
      <Confirm
        isOpen={isAsking}
        title={t('sessions.endOthersTitle')}
        text={t('sessions.endOthersText')}
        action={t('sessions.endOthers')}
        isBusy={endOthers.isPending}
        onConfirm={() => endOthers.mutate(undefined)}
        onClose={() => setIsAsking(false)}
      />
    </>
  )
}
