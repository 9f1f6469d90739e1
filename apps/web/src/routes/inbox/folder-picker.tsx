import { useNavigate } from '@tanstack/react-router'
import { ChevronDown } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { FOLDERS, type Folder } from '../../features/messaging/inbox/folders.ts'
import { Menu, MenuChoice } from '../../ui/menu.tsx'

/** The folder's name; on a phone also the way to the other folders, which the rail has elsewhere. */
export function FolderPicker({ folder }: { folder: Folder }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const name = t(`inbox.folders.${folder}`)
  const trigger = (
    <button type="button" className="flex h-8 items-center gap-1 rounded-lg px-1.5 text-base font-semibold hover:bg-hover">
      {name}
      <ChevronDown aria-hidden className="size-4 text-faint" />
    </button>
  )
  return (
    <>
      <h1 className="sr-only">{name}</h1>
      <div className="md:hidden">
        <Menu trigger={trigger} label={t('nav.folders')} align="start">
          <MenuChoice
            value={folder}
            options={FOLDERS.map((value) => ({ value, label: t(`inbox.folders.${value}`) }))}
            onChange={(chosen) => void navigate({ to: '/inbox/$folder', params: { folder: chosen } })}
          />
        </Menu>
      </div>
    </>
  )
}
