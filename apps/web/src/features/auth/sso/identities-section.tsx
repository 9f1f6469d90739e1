import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/api/api.ts'
import { Button } from '../../../ui/button.tsx'
import { Section } from '../../../ui/page.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { Time } from '../../../ui/time.tsx'
import { showToast } from '../../../ui/toast-store.ts'
import { identitiesQuery, PROVIDER_NAMES, providersQuery } from './queries.ts'

/** Not there where the installation offers no provider and nothing is connected. */
export function IdentitiesSection() {
  const { t } = useTranslation()
  const cache = useQueryClient()
  const { data: providers } = useQuery(providersQuery)
  const { data } = useQuery(identitiesQuery)
  const unlink = useMutation({
    mutationFn: (identityId: string) => api.auth.unlinkIdentity({ params: { identityId } }),
    onSuccess: () => showToast({ kind: 'done', text: t('sso.identities.removed') }),
    onSettled: () => cache.invalidateQueries({ queryKey: identitiesQuery.queryKey }),
  })
  if (!data || (data.items.length === 0 && !providers?.items.length)) return null
  return (
    <Section title={t('sso.identities.title')} text={t('sso.identities.text')}>
      {unlink.error && <ProblemNote error={unlink.error} />}
      {data.items.length === 0 && <p className="text-muted">{t('sso.identities.none')}</p>}
      {data.items.length > 0 && (
        <ul className="flex flex-col divide-y divide-line rounded-xl border border-line">
          {data.items.map(({ id, provider, email, linkedAt }) => (
            <li key={id} className="flex items-center gap-3 px-4 py-3">
              <div className="min-w-0 flex-1">
                <p className="font-medium">{PROVIDER_NAMES[provider]}</p>
                <p className="truncate text-xs text-muted">
                  {email} · {t('sso.identities.since')} <Time at={linkedAt} form="relative" />
                </p>
              </div>
              <Button kind="danger" isBusy={unlink.isPending} aria-label={`${t('sso.identities.remove')}: ${email}`} onClick={() => unlink.mutate(id)}>
                {t('sso.identities.remove')}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}
