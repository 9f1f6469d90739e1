import { Link } from '@tanstack/react-router'
import { Building2, Handshake, ListTodo, Search, Settings, UsersRound } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { OverdueCount } from '../../features/crm/tasks/overdue-count.tsx'
import { ConnectionIndicator } from '../../features/live/connection-indicator.tsx'
import { FolderLinks } from '../../features/messaging/inbox/folder-links.tsx'
import { BrokenMark } from '../../features/webhook/webhooks/broken-mark.tsx'
import { paletteOpen } from '../../lib/open-store.ts'
import { useCan } from '../../lib/session/session-store.ts'
import { ariaKeys } from '../../lib/shortcuts/keys.ts'
import { Kbd } from '../../ui/kbd.tsx'
import { AccountMenu } from './account-menu.tsx'

const linkLook =
  'flex h-7.5 items-center gap-2.5 rounded-lg px-2 text-sm text-muted transition-colors hover:bg-hover hover:text-ink aria-[current=page]:bg-pressed aria-[current=page]:font-medium aria-[current=page]:text-ink [&_svg]:size-4 [&_svg]:opacity-80'

const Heading = ({ children }: { children: ReactNode }) => <p className="px-2 pt-4 pb-1 text-2xs font-medium text-faint">{children}</p>

/** The left rail: search, folders, objects, settings, connection. Phones have the bottom bar instead. */
export function Rail() {
  const { t } = useTranslation()
  const canSeeDeals = useCan('crm.deal.read')
  const canSeeCompanies = useCan('crm.company.read')
  const canSeeTasks = useCan('crm.task.read')
  return (
    <nav aria-label={t('nav.main')} className="hidden w-52 shrink-0 flex-col px-2 py-2 md:flex xl:w-56">
      <AccountMenu />
      <button
        type="button"
        onClick={() => paletteOpen.set(true)}
        aria-keyshortcuts={ariaKeys('mod+k')}
        className="mt-2 flex h-8 items-center gap-2.5 rounded-lg border border-line bg-surface px-2 text-sm text-muted transition-colors hover:border-line-strong"
      >
        <Search aria-hidden className="size-4" />
        <span className="flex-1 text-left">{t('nav.search')}</span>
        <Kbd keys="mod+k" />
      </button>
      <Heading>{t('nav.inbox')}</Heading>
      <FolderLinks />
      <div className="mt-4 flex flex-col gap-px">
        {canSeeTasks && (
          <Link to="/tasks" className={linkLook}>
            <ListTodo aria-hidden />
            {t('nav.tasks')}
            <OverdueCount />
          </Link>
        )}
        <Link to="/contacts" className={linkLook}>
          <UsersRound aria-hidden />
          {t('nav.contacts')}
        </Link>
        {canSeeCompanies && (
          <Link to="/companies" className={linkLook}>
            <Building2 aria-hidden />
            {t('nav.companies')}
          </Link>
        )}
        {canSeeDeals && (
          <Link to="/deals" className={linkLook}>
            <Handshake aria-hidden />
            {t('nav.deals')}
          </Link>
        )}
      </div>
      <div className="mt-auto flex flex-col gap-px">
        <Link to="/settings/profile" activeProps={{ 'aria-current': 'page' }} className={linkLook}>
          <Settings aria-hidden />
          {t('nav.settings')}
          <BrokenMark />
        </Link>
        <ConnectionIndicator />
      </div>
    </nav>
  )
}
