import type { Locale } from '@ai-crm/contracts'
import { useTranslation } from 'react-i18next'
import { setLocale } from '../../../lib/i18n/i18n.ts'
import { LOCALES } from '../../../lib/i18n/locale.ts'
import { Segmented } from '../../../ui/segmented.tsx'

export function LanguageSwitch() {
  const { t, i18n } = useTranslation()
  const current: Locale = i18n.language === 'ru' ? 'ru' : 'en'
  return <Segmented label={t('nav.language')} value={current} options={LOCALES} onChange={(locale) => void setLocale(locale)} />
}
