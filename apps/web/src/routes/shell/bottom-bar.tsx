import { Link, useNavigate } from '@tanstack/react-router'
import { Building2, Ellipsis, Handshake, Inbox, ListTodo, LogOut, Search, Settings, UsersRound } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { BrokenMark } from '../../features/webhook/webhooks/broken-mark.tsx'
import { paletteOpen } from '../../lib/open-store.ts'
import { signOut } from '../../lib/session/refresh.ts'
import { useCan } from '../../lib/session/session-store.ts'
import { Menu, MenuItem } from '../../ui/menu.tsx'

const look = 'flex flex-1 flex-col items-center justify-center gap-0.5 text-2xs text-muted aria-[current=page]:text-accent-text [&_svg]:size-5'

/** The navigation of a phone: within reach of the thumb. */
export function BottomBar() {
  const { t } = useTranslation()
  const canSeeDeals = useCan('crm.deal.read')
  const canSeeTasks = useCan('crm.task.read')
  const current = { 'aria-current': 'page' } as const
  return (
    <nav aria-label={t('nav.main')} className="flex h-14 shrink-0 border-t border-line bg-canvas pb-[env(safe-area-inset-bottom)] md:hidden">
      <Link to="/inbox/$folder" params={{ folder: 'open' }} activeProps={current} className={look}>
        <Inbox aria-hidden />
        {t('nav.inbox')}
      </Link>
      {canSeeTasks && (
        <Link to="/tasks" activeProps={current} className={look}>
          <ListTodo aria-hidden />
          {t('nav.tasks')}
        </Link>
      )}
      <Link to="/contacts" activeProps={current} className={look}>
        <UsersRound aria-hidden />
        {t('nav.contacts')}
      </Link>
      {canSeeDeals && (
        <Link to="/deals" activeProps={current} className={look}>
          <Handshake aria-hidden />
          {t('nav.deals')}
        </Link>
      )}
      <More />
    </nav>
  )
}

/** What there is no room for. */
function More() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const canSeeCompanies = useCan('crm.company.read')
  const trigger = (
    <button type="button" className={look}>
      <span className="relative">
        <Ellipsis aria-hidden />
        <BrokenMark className="absolute -top-0.5 -right-1" />
      </span>
      {t('nav.more')}
    </button>
  )
  return (
    <Menu label={t('nav.more')} trigger={trigger}>
      <MenuItem icon={<Search />} onSelect={() => paletteOpen.set(true)}>
        {t('nav.search')}
      </MenuItem>
      {canSeeCompanies && (
        <MenuItem icon={<Building2 />} onSelect={() => void navigate({ to: '/companies' })}>
          {t('nav.companies')}
        </MenuItem>
      )}
      <MenuItem icon={<Settings />} onSelect={() => void navigate({ to: '/settings/profile' })}>
        {t('nav.settings')}
      </MenuItem>
      <MenuItem icon={<LogOut />} onSelect={() => void signOut()}>
        {t('auth.signOut')}
      </MenuItem>
    </Menu>
  )
}
