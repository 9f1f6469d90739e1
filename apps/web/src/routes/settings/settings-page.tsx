import { Link, Outlet } from '@tanstack/react-router'
import {
  AtSign,
  Building2,
  KeyRound,
  MailPlus,
  Mailbox,
  MonitorSmartphone,
  ScrollText,
  ShieldCheck,
  Sparkles,
  UserCog,
  UserRound,
  UsersRound,
} from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../lib/session/session-store.ts'

const look =
  'flex h-8 shrink-0 items-center gap-2.5 rounded-lg px-2.5 text-sm whitespace-nowrap text-muted transition-colors hover:bg-hover hover:text-ink aria-[current=page]:bg-pressed aria-[current=page]:font-medium aria-[current=page]:text-ink [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:opacity-80'

/** The list of settings left (on top on phones), the chosen page right. */
export function SettingsPage() {
  const { t } = useTranslation()
  const pages = [
    { to: '/settings/profile', label: t('settings.profile'), icon: <UserRound /> },
    { to: '/settings/security', label: t('factors.title'), icon: <ShieldCheck /> },
    { to: '/settings/sessions', label: t('sessions.title'), icon: <MonitorSmartphone /> },
    { to: '/settings/channels', label: t('settings.channels'), icon: <AtSign /> },
    { to: '/settings/local-mailbox', label: t('settings.localMailbox'), icon: <Mailbox /> },
    { to: '/settings/ai', label: t('ai.title'), icon: <Sparkles /> },
    { to: '/settings/organization', label: t('organizations.title'), icon: <Building2 /> },
    { to: '/settings/members', label: t('settings.members'), icon: <UsersRound /> },
    { to: '/settings/roles', label: t('roleSettings.title'), icon: <UserCog /> },
  ] as const
  const invitationPages = useCan('auth.member.invite') ? [{ to: '/settings/invitations', label: t('invitations.title'), icon: <MailPlus /> } as const] : []
  const keyPages = useCan('auth.api-key.manage') ? [{ to: '/settings/api-keys', label: t('apiKeys.title'), icon: <KeyRound /> } as const] : []
  const adminPages = useCan('auth.security-log.read') ? [{ to: '/settings/security-log', label: t('securityLog.title'), icon: <ScrollText /> } as const] : []
  return (
    <div className="flex min-h-0 flex-1 flex-col md:flex-row">
      <nav
        aria-label={t('settings.nav')}
        className="flex shrink-0 gap-px overflow-x-auto border-b border-line p-2 md:w-52 md:flex-col md:overflow-visible md:border-r md:border-b-0 md:p-3"
      >
        <p className="hidden px-2.5 pt-1 pb-2 text-base font-semibold md:block">{t('settings.title')}</p>
        {[...pages, ...invitationPages, ...keyPages, ...adminPages].map(({ to, label, icon }) => (
          <Link key={to} to={to} className={look}>
            {icon}
            {label}
          </Link>
        ))}
      </nav>
      <div className="min-h-0 flex-1 overflow-y-auto" tabIndex={-1}>
        <div className="mx-auto max-w-3xl px-4 py-6 md:px-8 md:py-8">
          <Outlet />
        </div>
      </div>
    </div>
  )
}
