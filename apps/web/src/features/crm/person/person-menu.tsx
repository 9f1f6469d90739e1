import type { Contact } from '@ai-crm/contracts'
import { Eraser, MoreVertical, PackageOpen } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { explain } from '../../../lib/api/explain.ts'
import { saveFile } from '../../../lib/api/save-file.ts'
import { useCommand } from '../../../lib/api/use-command.ts'
import { useCan } from '../../../lib/session/session-store.ts'
import { IconButton } from '../../../ui/button.tsx'
import { Menu, MenuItem } from '../../../ui/menu.tsx'
import { showToast } from '../../../ui/toast-store.ts'
import { EraseDialog } from './erase-dialog.tsx'
import { exportPerson } from './queries.ts'

/** What the law gives a person, for whoever may: all that is known about them, and that it is no more. */
export function PersonMenu({ contact, onErasing }: { contact: Contact; onErasing: () => void }) {
  const { t } = useTranslation()
  const [canExport, canErase] = [useCan('crm.person.export'), useCan('crm.person.erase')]
  const [isErasing, setErasing] = useState(false)
  const takeAlong = useCommand({
    run: () => exportPerson(contact.id),
    onSuccess: (archive) => {
      saveFile(archive, `person-${contact.id.slice(0, 8)}.tar.gz`)
      showToast({ kind: 'done', text: t('person.exported') })
    },
    onError: (error) => showToast({ kind: 'problem', text: explain(error, t) }),
  })
  if (!canExport && !canErase) return null
  return (
    <>
      <Menu
        label={t('person.menu')}
        trigger={
          <IconButton label={t('person.menu')} disabled={takeAlong.isPending}>
            <MoreVertical />
          </IconButton>
        }
      >
        {canExport && (
          <MenuItem icon={<PackageOpen />} onSelect={() => takeAlong.mutate(undefined)}>
            {t('person.export')}
          </MenuItem>
        )}
        {canErase && (
          <MenuItem icon={<Eraser />} isDanger onSelect={() => setErasing(true)}>
            {t('person.eraseItem')}
          </MenuItem>
        )}
      </Menu>
      <EraseDialog
        contact={contact}
        isOpen={isErasing}
        onClose={() => setErasing(false)}
        onErasing={() => {
          setErasing(false)
          onErasing()
        }}
      />
    </>
  )
}
