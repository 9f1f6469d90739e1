import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { PageTitle, Section } from '../../../ui/page.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { SkeletonRows } from '../../../ui/states.tsx'
import { FlagChanges } from './flag-changes.tsx'
import { InstallationSwitches } from './installation-switches.tsx'
import { ResetFactorsForm } from './reset-factors-form.tsx'
import { OrganizationSwitches } from './organization-switches.tsx'
import { flagsQuery } from '../../../lib/flags/flags.ts'

/** What can be switched off: for this organisation, and by the operator for everybody. */
export function SwitchesPage() {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery(flagsQuery)
  return (
    <>
      <PageTitle title={t('switches.title')} text={t('switches.text')} />
      {error && !data && <ProblemNote error={error} onRetry={() => void refetch()} />}
      {!data && !error && <SkeletonRows count={4} label={t('common.loading')} />}
      {data && (
        <Section title={t('switches.ours')} text={t('switches.oursText')}>
          <OrganizationSwitches flags={data.items} />
        </Section>
      )}
      {data?.isOperator && (
        <>
          <Section title={t('switches.everybody')} text={t('switches.everybodyText')}>
            <InstallationSwitches />
          </Section>
          <Section title={t('switches.lostFactors.title')} text={t('switches.lostFactors.text')}>
            <ResetFactorsForm />
          </Section>
          <Section title={t('switches.changes')} text={t('switches.changesText')}>
            <FlagChanges />
          </Section>
        </>
      )}
    </>
  )
}
