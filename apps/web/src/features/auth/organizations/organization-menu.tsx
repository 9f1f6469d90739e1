import { Plus } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { foundOrganizationOpen } from '../../../lib/open-store.ts'
import { MenuChoice, MenuItem, MenuLabel, MenuLine } from '../../../ui/menu.tsx'
import { useOrganizations } from './use-switch.ts'

/** The part of the rail's menu that switches organisations. */
export function OrganizationMenu() {
  const { t } = useTranslation()
  const { organizations, switchTo } = useOrganizations()
  const current = organizations.find(({ isCurrent }) => isCurrent)
  return (
    <>
      <MenuLabel>{t('organizations.yours')}</MenuLabel>
      <MenuChoice
        value={current?.id ?? ''}
        options={organizations.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(id) => id !== current?.id && switchTo(id)}
      />
      <MenuItem icon={<Plus />} onSelect={() => foundOrganizationOpen.set(true)}>
        {t('organizations.found')}
      </MenuItem>
      <MenuLine />
    </>
  )
}
