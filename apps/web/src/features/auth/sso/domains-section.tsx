import { useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/api/api.ts'
import { formText } from '../../../lib/form-text.ts'
import { Button } from '../../../ui/button.tsx'
import { TextField } from '../../../ui/field.tsx'
import { Section } from '../../../ui/page.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { SkeletonRows } from '../../../ui/states.tsx'
import { DomainRow } from './domain-row.tsx'
import { connectionsQuery, domainsQuery } from './queries.ts'
import { useSsoCommand } from './use-sso-command.ts'

export function DomainsSection() {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery(domainsQuery)
  const { data: connections } = useQuery(connectionsQuery)
  return (
    <Section title={t('sso.domains.title')} text={t('sso.domains.text')}>
      {error && <ProblemNote error={error} onRetry={() => void refetch()} />}
      {!data && !error && <SkeletonRows count={1} label={t('common.loading')} />}
      {data?.items.length === 0 && (
        <p className="text-muted">
          {t('sso.domains.none')}. {t('sso.domains.noneText')}
        </p>
      )}
      {data && data.items.length > 0 && (
        <ul aria-label={t('sso.domains.title')} className="flex flex-col divide-y divide-line rounded-xl border border-line">
          {data.items.map((domain) => (
            <DomainRow key={domain.id} domain={domain} connections={connections?.items ?? []} />
          ))}
        </ul>
      )}
      <AddDomainForm />
    </Section>
  )
}

function AddDomainForm() {
  const { t } = useTranslation()
  const form = useRef<HTMLFormElement>(null)
  const add = useSsoCommand({ run: (name: string) => api.auth.addEmailDomain({ body: { name } }), onSuccess: () => form.current?.reset() })
  return (
    <form
      ref={form}
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        add.mutate(formText(new FormData(event.currentTarget), 'domain').replace(/^@/, ''))
      }}
    >
      {add.error && <ProblemNote error={add.error} />}
      <div className="flex items-end gap-2">
        <div className="min-w-0 flex-1">
          <TextField label={t('sso.domains.name')} name="domain" required maxLength={254} placeholder="example.com" autoCapitalize="none" />
        </div>
        <Button type="submit" className="h-9" isBusy={add.isPending}>
          {t('sso.domains.add')}
        </Button>
      </div>
    </form>
  )
}
