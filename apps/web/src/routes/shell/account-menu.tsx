import type { Locale } from '@ai-crm/contracts'
import { useNavigate } from '@tanstack/react-router'
import { ChevronDown, Keyboard, LogOut, Settings } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { OrganizationMenu } from '../../features/auth/organizations/organization-menu.tsx'
import { setLocale } from '../../lib/i18n/i18n.ts'
import { LOCALES } from '../../lib/i18n/locale.ts'
import { shortcutSheetOpen } from '../../lib/open-store.ts'
import { signOut } from '../../lib/session/refresh.ts'
import { useMe } from '../../lib/session/session-store.ts'
import { setTheme, useTheme, type Theme } from '../../lib/theme/theme.ts'
import { Logo } from '../../ui/logo.tsx'
import { Menu, MenuChoice, MenuItem, MenuLabel, MenuLine } from '../../ui/menu.tsx'

export function AccountMenu() {
  const { t, i18n } = useTranslation()
  const me = useMe()
  const theme = useTheme()
  const navigate = useNavigate()
  const locale: Locale = i18n.language === 'ru' ? 'ru' : 'en'
  const trigger = (
    <button
      type="button"
      className="flex h-9 w-full items-center gap-2.5 rounded-lg px-2 text-left transition-colors hover:bg-hover data-[state=open]:bg-hover"
    >
      <Logo className="size-5.5 shrink-0" />
      <span className="min-w-0 flex-1 truncate font-semibold">{me.organization.name}</span>
      <ChevronDown aria-hidden className="size-3.5 text-faint" />
    </button>
  )
  return (
    <Menu trigger={trigger} label={t('nav.account')} align="start">
      <div className="flex flex-col px-2 pt-1.5 pb-2">
        <span className="font-medium">{me.user.name}</span>
        <span className="text-xs text-faint">{me.user.email}</span>
      </div>
      <MenuLine />
      <OrganizationMenu />
      <MenuLabel>{t('nav.theme')}</MenuLabel>
      <MenuChoice<Theme>
        value={theme}
        onChange={setTheme}
        options={[
          { value: 'system', label: t('nav.themeSystem') },
          { value: 'light', label: t('nav.themeLight') },
          { value: 'dark', label: t('nav.themeDark') },
        ]}
      />
      <MenuLabel>{t('nav.language')}</MenuLabel>
      <MenuChoice value={locale} options={LOCALES} onChange={(chosen) => void setLocale(chosen)} />
      <MenuLine />
      <MenuItem icon={<Settings />} shortcut="g s" onSelect={() => void navigate({ to: '/settings/profile' })}>
        {t('nav.settings')}
      </MenuItem>
      <MenuItem icon={<Keyboard />} shortcut="?" onSelect={() => shortcutSheetOpen.set(true)}>
        {t('nav.shortcuts')}
      </MenuItem>
      <MenuItem icon={<LogOut />} onSelect={() => void signOut()}>
        {t('auth.signOut')}
      </MenuItem>
    </Menu>
  )
}
