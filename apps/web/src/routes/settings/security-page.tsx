import { useTranslation } from 'react-i18next'
import { FactorsSections } from '../../features/auth/factors/factors-sections.tsx'
import { SecondFactorForAllSection } from '../../features/auth/sso/enforcement-section.tsx'
import { IdentitiesSection } from '../../features/auth/sso/identities-section.tsx'
import { useCan } from '../../lib/session/session-store.ts'
import { PageTitle } from '../../ui/page.tsx'

/** How the person proves who they are. */
export function SecurityPage() {
  const { t } = useTranslation()
  const mayDecide = useCan('auth.sso.manage')
  return (
    <>
      <PageTitle title={t('factors.title')} text={t('factors.text')} />
      <FactorsSections />
      <IdentitiesSection />
      {mayDecide && <SecondFactorForAllSection />}
    </>
  )
}
