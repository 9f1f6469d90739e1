import { Monitor, Moon, Sun } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { setTheme, useTheme, type Theme } from '../../../lib/theme/theme.ts'
import { Segmented } from '../../../ui/segmented.tsx'

export function ThemeSwitch() {
  const { t } = useTranslation()
  const theme = useTheme()
  return (
    <Segmented<Theme>
      label={t('nav.theme')}
      value={theme}
      options={[
        { value: 'system', label: t('nav.themeSystem'), icon: <Monitor /> },
        { value: 'light', label: t('nav.themeLight'), icon: <Sun /> },
        { value: 'dark', label: t('nav.themeDark'), icon: <Moon /> },
      ]}
      onChange={setTheme}
    />
  )
}
