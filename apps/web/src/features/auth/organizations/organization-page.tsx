import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { foundOrganizationOpen } from '../../../lib/open-store.ts'
import { Avatar } from '../../../ui/avatar.tsx'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { PageTitle, Section } from '../../../ui/page.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { SkeletonRows } from '../../../ui/states.tsx'
import { ExportSection } from '../exports/export-section.tsx'
import { DeletionSection } from '../departure/deletion-section.tsx'
import { DepartureSection } from './departure-section.tsx'
import { GeneralSection } from './general-section.tsx'
import { organizationQuery } from './queries.ts'
import { useOrganizations } from './use-switch.ts'

export function OrganizationPage() {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery(organizationQuery)
  return (
    <>
      <PageTitle title={t('organizations.title')} text={t('organizations.text')} />
      {error && <ProblemNote error={error} onRetry={() => void refetch()} />}
      {!data && !error && <SkeletonRows count={3} label={t('common.loading')} />}
      {data && <GeneralSection key={data.version} organization={data} />}
      <PlacesSection />
      {data && <DepartureSection organizationName={data.name} />}
      <ExportSection />
      {data && <DeletionSection organization={data} />}
    </>
  )
}

function PlacesSection() {
  const { t } = useTranslation()
  const { organizations, switchTo } = useOrganizations()
  return (
    <Section title={t('organizations.yours')} text={t('organizations.yoursText')}>
      <ul className="flex flex-col divide-y divide-line rounded-xl border border-line empty:hidden">
        {organizations.map(({ id, name, slug, isCurrent }) => (
          <li key={id} className="flex items-center gap-3 px-4 py-3">
            <Avatar name={name} />
            <div className="min-w-0 flex-1">
              <p className="truncate font-medium">{name}</p>
              <p className="truncate text-xs text-faint">{slug}</p>
            </div>
            {isCurrent ? (
              <Badge tone="ok">{t('organizations.here')}</Badge>
            ) : (
              <Button aria-label={t('organizations.switchTo', { name })} onClick={() => switchTo(id)}>
                {t('organizations.switch')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <div>
        <Button icon={<Plus />} onClick={() => foundOrganizationOpen.set(true)}>
          {t('organizations.found')}
        </Button>
      </div>
    </Section>
  )
}
