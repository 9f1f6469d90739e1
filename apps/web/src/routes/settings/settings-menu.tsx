import type { Permission } from '@ai-crm/contracts'
import type { LinkProps } from '@tanstack/react-router'
import type { ParseKeys } from 'i18next'
import {
  AtSign,
  Building2,
  Coins,
  FileUp,
  Eraser,
  Fingerprint,
  KeyRound,
  MailPlus,
  Mailbox,
  MonitorSmartphone,
  ScrollText,
  ShieldCheck,
  Sparkles,
  SquareKanban,
  TextCursorInput,
  Tags,
  ToggleRight,
  Trash2,
  UserCog,
  UserRound,
  Users,
  UsersRound,
  Webhook,
} from 'lucide-react'
import type { ReactNode } from 'react'
import { BrokenMark } from '../../features/webhook/webhooks/broken-mark.tsx'
import { useMe } from '../../lib/session/session-store.ts'

interface SettingsLink {
  to: NonNullable<LinkProps['to']>
  label: ParseKeys
  icon: ReactNode
  /** Who lacks it does not see the page; without one everybody does. */
  permission?: Permission
  /** Keys that lead there from everywhere; bound in use-global-shortcuts.ts. */
  keys?: string
  /** Shown after the name while something there needs somebody. */
  mark?: ReactNode
}

interface SettingsGroup {
  label: ParseKeys
  pages: readonly SettingsLink[]
}

/** Every settings page, where people look for it. A new page is one line here: menu and palette follow. */
const SETTINGS: readonly SettingsGroup[] = [
  {
    label: 'settings.groups.personal',
    pages: [
      { to: '/settings/profile', label: 'settings.profile', icon: <UserRound />, keys: 'g s' },
      { to: '/settings/security', label: 'factors.title', icon: <ShieldCheck /> },
      { to: '/settings/sessions', label: 'sessions.title', icon: <MonitorSmartphone /> },
    ],
  },
  {
    label: 'settings.groups.team',
    pages: [
      { to: '/settings/organization', label: 'organizations.title', icon: <Building2 /> },
      { to: '/import', label: 'imports.open', icon: <FileUp />, permission: 'crm.contact.import' },
      { to: '/settings/members', label: 'settings.members', icon: <UsersRound /> },
      { to: '/settings/invitations', label: 'invitations.title', icon: <MailPlus />, permission: 'auth.member.invite' },
      { to: '/settings/teams', label: 'teams.title', icon: <Users />, permission: 'auth.member.read' },
      { to: '/settings/roles', label: 'roleSettings.title', icon: <UserCog /> },
    ],
  },
  {
    label: 'settings.groups.records',
    pages: [
      { to: '/settings/pipelines', label: 'pipelines.title', icon: <SquareKanban />, permission: 'pipeline.pipeline.read' },
      { to: '/settings/currencies', label: 'forecast.rates.title', icon: <Coins />, permission: 'pipeline.pipeline.manage' },
      { to: '/settings/fields', label: 'fields.title', icon: <TextCursorInput /> },
      { to: '/settings/tags', label: 'tags.title', icon: <Tags /> },
      { to: '/settings/trash', label: 'bulk.trash.title', icon: <Trash2 /> },
    ],
  },
  {
    label: 'settings.groups.work',
    pages: [
      { to: '/settings/channels', label: 'settings.channels', icon: <AtSign /> },
      { to: '/settings/ai', label: 'ai.title', icon: <Sparkles /> },
      { to: '/settings/switches', label: 'switches.title', icon: <ToggleRight /> },
    ],
  },
  {
    label: 'settings.groups.security',
    pages: [
      { to: '/settings/single-sign-on', label: 'sso.title', icon: <Fingerprint />, permission: 'auth.sso.manage' },
      { to: '/settings/erasures', label: 'person.erasures', icon: <Eraser />, permission: 'crm.person.erase' },
      { to: '/settings/security-log', label: 'securityLog.title', icon: <ScrollText />, permission: 'auth.security-log.read' },
    ],
  },
  {
    label: 'settings.groups.developers',
    pages: [
      { to: '/settings/api-keys', label: 'apiKeys.title', icon: <KeyRound />, permission: 'auth.api-key.manage' },
      { to: '/settings/webhooks', label: 'webhooks.title', icon: <Webhook />, permission: 'webhook.subscription.read', mark: <BrokenMark /> },
      { to: '/settings/local-mailbox', label: 'settings.localMailbox', icon: <Mailbox />, keys: 'g m' },
    ],
  },
]

/** The pages that the signed-in person may see; a group without any is left out. */
export function useSettingsMenu(): SettingsGroup[] {
  const { permissions } = useMe()
  return SETTINGS.map(({ label, pages }) => ({ label, pages: pages.filter(({ permission }) => !permission || permissions.includes(permission)) })).filter(
    ({ pages }) => pages.length > 0,
  )
}
