import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { refreshAccessToken, signOut } from '../../../lib/session/refresh.ts'
import { useMe } from '../../../lib/session/session-store.ts'
import { Button } from '../../../ui/button.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { FactorsSections } from '../factors/factors-sections.tsx'
import { factorsQuery } from '../factors/queries.ts'

/** All that is left of the app while the organisation waits for a second factor. */
export function MustAddFactor() {
  const { t } = useTranslation()
  const { organization } = useMe()
  const { data } = useQuery(factorsQuery)
  const goOn = useMutation({ mutationFn: refreshAccessToken })
  const hasFactor = data !== undefined && (data.totp !== null || data.passkeys.length > 0)
  return (
    <main className="h-dvh overflow-y-auto bg-surface">
      <div className="mx-auto flex max-w-3xl flex-col gap-6 px-4 py-10 md:px-8">
        <div className="flex flex-col gap-1">
          <h1 className="text-xl font-semibold tracking-tight">{t('sso.secondFactor.mustTitle')}</h1>
          <p className="max-w-prose text-muted text-pretty">{t('sso.secondFactor.mustText', { organization: organization.name })}</p>
        </div>
        {goOn.error && <ProblemNote error={goOn.error} />}
        <div className="flex flex-wrap gap-2">
          <Button kind="primary" disabled={!hasFactor} isBusy={goOn.isPending} onClick={() => goOn.mutate()}>
            {t('sso.secondFactor.go')}
          </Button>
          <Button kind="quiet" onClick={() => void signOut()}>
            {t('sso.secondFactor.signOut')}
          </Button>
        </div>
        <div>
          <FactorsSections />
        </div>
      </div>
    </main>
  )
}
