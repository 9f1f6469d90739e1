import { Link, Outlet } from '@tanstack/react-router'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { useSettingsMenu } from './settings-menu.tsx'
import { SettingsPicker } from './settings-picker.tsx'

const look =
  'flex h-8 shrink-0 items-center gap-2.5 rounded-lg px-2.5 text-sm text-muted transition-colors hover:bg-hover hover:text-ink aria-[current=page]:bg-pressed aria-[current=page]:font-medium aria-[current=page]:text-ink [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:opacity-80'

/** The list of settings left (a menu on top on phones), the chosen page right. */
export function SettingsPage() {
  return (
    <div className="flex min-h-0 flex-1 flex-col md:flex-row">
      <div className="flex h-13 shrink-0 items-center border-b border-line px-2 md:hidden">
        <SettingsPicker />
      </div>
      <SettingsNav />
      <div className="relative min-h-0 flex-1 overflow-y-auto" tabIndex={-1}>
        <div className="mx-auto max-w-3xl px-4 py-6 md:px-8 md:py-8">
          <Outlet />
        </div>
      </div>
    </div>
  )
}

function SettingsNav() {
  const { t } = useTranslation()
  const id = useId()
  return (
    <nav aria-label={t('settings.nav')} className="hidden w-56 shrink-0 flex-col gap-4 overflow-y-auto border-r border-line p-3 pb-6 md:flex">
      <p className="px-2.5 pt-1 text-base font-semibold">{t('settings.title')}</p>
      {useSettingsMenu().map(({ label, pages }) => (
        <div key={label} role="group" aria-labelledby={`${id}-${label}`} className="flex flex-col gap-px">
          <p id={`${id}-${label}`} className="px-2.5 pb-1 text-xs font-medium text-faint">
            {t(label)}
          </p>
          {pages.map((page) => (
            <Link key={page.to} to={page.to} className={look}>
              {page.icon}
              <span className="truncate">{t(page.label)}</span>
              {page.mark}
            </Link>
          ))}
        </div>
      ))}
    </nav>
  )
}
