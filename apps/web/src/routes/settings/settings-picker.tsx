import { useNavigate, useRouterState } from '@tanstack/react-router'
import { ChevronDown } from 'lucide-react'
import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import { Menu, MenuItem, MenuLabel } from '../../ui/menu.tsx'
import { useSettingsMenu } from './settings-menu.tsx'

/** On a phone the list of pages is a menu behind the name of the page that is open. */
export function SettingsPicker() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const groups = useSettingsMenu()
  const path = useRouterState({ select: ({ location }) => location.pathname })
  const current = groups.flatMap(({ pages }) => pages).find(({ to }) => `${path}/`.startsWith(`${to}/`))
  const trigger = (
    <button type="button" className="flex h-9 min-w-0 items-center gap-1.5 rounded-lg px-2 font-semibold hover:bg-hover [&>svg]:size-4 [&>svg]:shrink-0">
      <span className="text-muted">{t('settings.title')}</span>
      <span aria-hidden className="text-faint">
        /
      </span>
      <span className="truncate">{t(current?.label ?? 'settings.nav')}</span>
      <ChevronDown aria-hidden className="text-faint" />
    </button>
  )
  return (
    <Menu trigger={trigger} label={t('settings.nav')} align="start">
      {groups.map(({ label, pages }) => (
        <Fragment key={label}>
          <MenuLabel>{t(label)}</MenuLabel>
          {pages.map((page) => (
            <MenuItem key={page.to} icon={page.icon} onSelect={() => void navigate({ to: page.to })}>
              <span className="flex items-center gap-2">
                {t(page.label)}
                {page.mark}
              </span>
            </MenuItem>
          ))}
        </Fragment>
      ))}
    </Menu>
  )
}
