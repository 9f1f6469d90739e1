import { flagOf } from '@ai-crm/contracts'
import { useTranslation } from 'react-i18next'

/** A newer server may know flags that this page has no words for: then the key and its sentence are shown. */
export function useFlagName(): (key: string) => string {
  const { t } = useTranslation()
  return (key) => {
    const known = flagOf(key)
    return known ? t(`switches.names.${known.key}`) : key
  }
}
