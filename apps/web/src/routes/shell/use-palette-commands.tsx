import { useNavigate } from '@tanstack/react-router'
import {
  AlarmClock,
  ArrowLeftRight,
  Building2,
  FileUp,
  Handshake,
  CircleCheck,
  CircleDashed,
  CopyCheck,
  CornerDownRight,
  Inbox,
  Keyboard,
  Languages,
  ListTodo,
  LogOut,
  Moon,
  Plus,
  UserRound,
  UsersRound,
} from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useOrganizations } from '../../features/auth/organizations/use-switch.ts'
import { setLocale } from '../../lib/i18n/i18n.ts'
import { foundOrganizationOpen, newCompanyOpen, newContactOpen, newDealOpen, newTaskOpen, shortcutSheetOpen } from '../../lib/open-store.ts'
import { signOut } from '../../lib/session/refresh.ts'
import { useCan } from '../../lib/session/session-store.ts'
import { useActiveShortcuts } from '../../lib/shortcuts/registry.ts'
import { setTheme } from '../../lib/theme/theme.ts'
import { useSettingsMenu } from '../settings/settings-menu.tsx'

export interface PaletteCommand {
  label: string
  icon: ReactNode
  keys?: string
  run: () => void
}

/** What the palette offers besides records. */
export function usePaletteCommands(): { here: PaletteCommand[]; pages: PaletteCommand[]; actions: PaletteCommand[]; settings: PaletteCommand[] } {
  const { t, i18n } = useTranslation()
  const navigate = useNavigate()
  const canCreate = useCan('crm.contact.create')
  const canSeeDeals = useCan('crm.deal.read')
  const canCreateDeal = useCan('crm.deal.create')
  const canSeeCompanies = useCan('crm.company.read')
  const canCreateCompany = useCan('crm.company.create')
  const canImport = useCan('crm.contact.import')
  const canSeeTasks = useCan('crm.task.read')
  const canCreateTask = useCan('crm.task.create')
  const { organizations, switchTo } = useOrganizations()
  const folder = (name: string) => () => void navigate({ to: '/inbox/$folder', params: { folder: name } })
  const pages: PaletteCommand[] = [
    { label: t('nav.inbox'), icon: <Inbox />, keys: 'g i', run: folder('open') },
    { label: t('inbox.folders.mine'), icon: <UserRound />, run: folder('mine') },
    { label: t('inbox.folders.unassigned'), icon: <CircleDashed />, run: folder('unassigned') },
    { label: t('inbox.folders.snoozed'), icon: <AlarmClock />, run: folder('snoozed') },
    { label: t('inbox.folders.closed'), icon: <CircleCheck />, run: folder('closed') },
    ...(canSeeTasks ? [{ label: t('nav.tasks'), icon: <ListTodo />, keys: 'g t', run: () => void navigate({ to: '/tasks' }) }] : []),
    { label: t('nav.contacts'), icon: <UsersRound />, keys: 'g c', run: () => void navigate({ to: '/contacts' }) },
    ...(canSeeCompanies ? [{ label: t('nav.companies'), icon: <Building2 />, keys: 'g o', run: () => void navigate({ to: '/companies' }) }] : []),
    { label: t('duplicates.title'), icon: <CopyCheck />, keys: 'g u', run: () => void navigate({ to: '/duplicates' }) },
    ...(canSeeDeals ? [{ label: t('nav.deals'), icon: <Handshake />, keys: 'g d', run: () => void navigate({ to: '/deals' }) }] : []),
  ]
  const settings = useSettingsMenu()
    .flatMap((group) => group.pages)
    .map(({ to, label, icon, keys }): PaletteCommand => ({ label: t(label), icon, ...(keys && { keys }), run: () => void navigate({ to }) }))
  const createContact = () => {
    void navigate({ to: '/contacts' })
    newContactOpen.set(true)
  }
  const createCompany = () => {
    void navigate({ to: '/companies' })
    newCompanyOpen.set(true)
  }
  const createDeal = () => {
    void navigate({ to: '/deals' })
    newDealOpen.set(true)
  }
  const createTask = () => {
    void navigate({ to: '/tasks' })
    newTaskOpen.set(true)
  }
  const isDark = () => document.documentElement.dataset['theme'] === 'dark'
  const actions: PaletteCommand[] = [
    ...(canCreate ? [{ label: t('palette.newContact'), icon: <Plus />, keys: 'c', run: createContact }] : []),
    ...(canImport ? [{ label: t('imports.open'), icon: <FileUp />, run: () => void navigate({ to: '/import' }) }] : []),
    ...(canCreateCompany ? [{ label: t('companies.new'), icon: <Building2 />, run: createCompany }] : []),
    ...(canCreateDeal ? [{ label: t('deals.new'), icon: <Handshake />, run: createDeal }] : []),
    ...(canCreateTask ? [{ label: t('tasks.new'), icon: <ListTodo />, run: createTask }] : []),
    ...organizations
      .filter(({ isCurrent }) => !isCurrent)
      .map(({ id, name }) => ({ label: t('organizations.switchTo', { name }), icon: <ArrowLeftRight />, run: () => switchTo(id) })),
    { label: t('organizations.found'), icon: <Building2 />, run: () => foundOrganizationOpen.set(true) },
    { label: t('palette.toggleTheme'), icon: <Moon />, run: () => setTheme(isDark() ? 'light' : 'dark') },
    { label: t('palette.switchLanguage'), icon: <Languages />, run: () => void setLocale(i18n.language === 'ru' ? 'en' : 'ru') },
    { label: t('palette.showShortcuts'), icon: <Keyboard />, keys: '?', run: () => shortcutSheetOpen.set(true) },
    { label: t('auth.signOut'), icon: <LogOut />, run: () => void signOut() },
  ]
  const here = useActiveShortcuts()
    .filter(({ group }) => group === 'record')
    .map(({ label, keys, run }): PaletteCommand => ({ label, icon: <CornerDownRight />, keys, run }))
  return { here, pages, actions, settings }
}
