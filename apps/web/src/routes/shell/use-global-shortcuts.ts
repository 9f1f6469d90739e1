import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { newContactOpen, paletteOpen, shortcutSheetOpen } from '../../lib/open-store.ts'
import { useCan } from '../../lib/session/session-store.ts'
import { useShortcut } from '../../lib/shortcuts/use-shortcut.ts'

/** What works on every page: the palette, the sheet, G and a letter. */
export function useGlobalShortcuts(): void {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const canSeeDeals = useCan('crm.deal.read')
  const canSeeCompanies = useCan('crm.company.read')
  const canSeeTasks = useCan('crm.task.read')
  useShortcut({ keys: 'mod+k', label: t('shortcuts.palette'), group: 'general', reach: 'everywhere', run: paletteOpen.toggle })
  useShortcut({ keys: '?', label: t('shortcuts.sheet'), group: 'general', run: shortcutSheetOpen.toggle })
  useShortcut({ keys: 'g i', label: t('shortcuts.goInbox'), group: 'go', run: () => void navigate({ to: '/inbox/$folder', params: { folder: 'open' } }) })
  useShortcut({ keys: 'g c', label: t('shortcuts.goContacts'), group: 'go', run: () => void navigate({ to: '/contacts' }) })
  useShortcut({ keys: 'g u', label: t('duplicates.goDuplicates'), group: 'go', run: () => void navigate({ to: '/duplicates' }) })
  useShortcut(canSeeCompanies ? { keys: 'g o', label: t('shortcuts.goCompanies'), group: 'go', run: () => void navigate({ to: '/companies' }) } : null)
  useShortcut(canSeeDeals ? { keys: 'g d', label: t('shortcuts.goDeals'), group: 'go', run: () => void navigate({ to: '/deals' }) } : null)
  useShortcut(canSeeTasks ? { keys: 'g t', label: t('shortcuts.goTasks'), group: 'go', run: () => void navigate({ to: '/tasks' }) } : null)
  useShortcut({ keys: 'g s', label: t('shortcuts.goSettings'), group: 'go', run: () => void navigate({ to: '/settings/profile' }) })
  useShortcut({ keys: 'g m', label: t('shortcuts.goMailbox'), group: 'go', run: () => void navigate({ to: '/settings/local-mailbox' }) })
  useShortcut({
    keys: 'c',
    label: t('shortcuts.create'),
    group: 'general',
    run: () => {
      void navigate({ to: '/contacts' })
      newContactOpen.set(true)
    },
  })
}
