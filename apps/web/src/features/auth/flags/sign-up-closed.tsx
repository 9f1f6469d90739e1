import { DoorClosed } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../../ui/states.tsx'

/** Instead of the form, while nobody can open an account. */
export function SignUpClosed() {
  const { t } = useTranslation()
  return <EmptyState icon={<DoorClosed />} title={t('switches.off.sign-up.title')} text={t('switches.off.sign-up.text')} />
}
