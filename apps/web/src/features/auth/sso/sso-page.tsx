import { useTranslation } from 'react-i18next'
import { PageTitle } from '../../../ui/page.tsx'
import { ConnectionsSection } from './connections-section.tsx'
import { DomainsSection } from './domains-section.tsx'
import { EnforcementSection } from './enforcement-section.tsx'

export function SsoPage() {
  const { t } = useTranslation()
  return (
    <>
      <PageTitle title={t('sso.title')} text={t('sso.text')} />
      <ConnectionsSection />
      <DomainsSection />
      <EnforcementSection />
    </>
  )
}
