import { Outlet, useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { DeletionBanner } from '../../features/auth/departure/deletion-banner.tsx'
import { FoundOrganizationDialog } from '../../features/auth/organizations/found-organization-dialog.tsx'
import { useMemberName } from '../../features/auth/members/queries.ts'
import { SettingUpStrip } from '../../features/auth/setting-up/setting-up-strip.tsx'
import { MustAddFactor } from '../../features/auth/sso/must-add-factor.tsx'
import { StepUpDialog } from '../../features/auth/step-up/step-up-dialog.tsx'
import { OperationsPanel } from '../../features/crm/bulk/operations-panel.tsx'
import { useMentionToasts } from '../../features/crm/notes/use-mention-toasts.ts'
import { useReminderToasts } from '../../features/crm/tasks/use-reminder-toasts.ts'
import { ConnectionStrip } from '../../features/live/connection-indicator.tsx'
import { useLiveConnection } from '../../features/live/use-live-connection.ts'
import { useBrokenWebhookToast } from '../../features/webhook/webhooks/use-broken-webhooks.ts'
import { queryClient } from '../../lib/query-client.ts'
import { useSession } from '../../lib/session/session-store.ts'
import { BottomBar } from './bottom-bar.tsx'
import { CommandPalette } from './command-palette.tsx'
import { Rail } from './rail.tsx'
import { ShortcutSheet } from './shortcut-sheet.tsx'
import { useGlobalShortcuts } from './use-global-shortcuts.ts'

/** A session that ended (here, in another tab, on the server) leads to the sign-in, and back here after it. */
function useSignInGuard(): void {
  const router = useRouter()
  const session = useSession()
  useEffect(() => {
    if (session.status !== 'signed-out') return
    queryClient.clear()
    void router.navigate({ to: '/sign-in', search: session.cause === 'expired' ? { return: router.latestLocation.href } : {} })
  }, [session, router])
}

/** Everything of the app; or only the setting up of a second factor, where the organisation waits for one. */
export function Shell() {
  const session = useSession()
  if (session.status !== 'signed-in' || !session.me.mustAddFactor) return <WholeShell />
  return <HeldBackShell />
}

function HeldBackShell() {
  useSignInGuard()
  return (
    <>
      <MustAddFactor />
      <StepUpDialog />
    </>
  )
}

/** What surrounds every page of a signed-in person. */
function WholeShell() {
  const { t } = useTranslation()
  useSignInGuard()
  useLiveConnection()
  useGlobalShortcuts()
  useBrokenWebhookToast()
  useReminderToasts()
  const nameOf = useMemberName()
  useMentionToasts(nameOf)
  return (
    <div className="flex h-dvh flex-col md:flex-row">
      <a href="#main" className="sr-only z-50 rounded-lg bg-accent px-3 py-2 text-accent-ink focus:not-sr-only focus:fixed focus:top-2 focus:left-2">
        {t('common.skipToContent')}
      </a>
      <Rail />
      <ConnectionStrip />
      <main
        id="main"
        tabIndex={-1}
        className="flex min-h-0 min-w-0 flex-1 flex-col bg-surface outline-none md:my-2 md:mr-2 md:overflow-hidden md:rounded-xl md:border md:border-line"
      >
        <DeletionBanner />
        <SettingUpStrip />
        <Outlet />
      </main>
      <OperationsPanel nameOf={nameOf} />
      <BottomBar />
      <CommandPalette />
      <ShortcutSheet />
      <FoundOrganizationDialog />
      <StepUpDialog />
    </div>
  )
}
