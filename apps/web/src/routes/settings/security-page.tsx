import { useTranslation } from 'react-i18next'
import { FactorsSections } from '../../features/auth/factors/factors-sections.tsx'
import { PageTitle } from '../../ui/page.tsx'

/** How the person proves who they are. */
export function SecurityPage() {
  const { t } = useTranslation()
  return (
    <>
      <PageTitle title={t('factors.title')} text={t('factors.text')} />
      <FactorsSections />
    </>
  )
}
