import type { Factors } from '@ai-crm/contracts'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { publicApi } from '../../../lib/session/refresh.ts'
import { Button } from '../../../ui/button.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { leaveFor } from '../sso/single-sign-on.tsx'

/** The provider asks its person again and sends them back to where they are, with a new session. */
export function ProveAtProvider({ by, email }: { by: NonNullable<Factors['signedInBy']>; email: string }) {
  const { t } = useTranslation()
  const start = useMutation({
    mutationFn: () => {
      const wish = { returnTo: location.pathname + location.search, isFresh: true }
      return publicApi.auth.startSso({ body: by === 'connection' ? { email, ...wish } : { provider: by, ...wish } })
    },
    onSuccess: leaveFor,
  })
  return (
    <div className="flex flex-col gap-2">
      {start.error && <ProblemNote error={start.error} />}
      <Button className="h-9" isBusy={start.isPending || start.isSuccess} onClick={() => start.mutate()}>
        {t('sso.stepUp.again')}
      </Button>
      <p className="text-muted">{t('sso.stepUp.againHint')}</p>
    </div>
  )
}
