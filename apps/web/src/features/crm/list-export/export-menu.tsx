import { EXPORT_FORMATS, type ExportFormat, type ListRecord } from '@ai-crm/contracts'
import { Download } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { explain } from '../../../lib/api/explain.ts'
import { saveFile } from '../../../lib/api/save-file.ts'
import { useCommand } from '../../../lib/api/use-command.ts'
import { useCan } from '../../../lib/session/session-store.ts'
import { IconButton } from '../../../ui/button.tsx'
import { Menu, MenuChoice, MenuItem, MenuLabel, MenuLine } from '../../../ui/menu.tsx'
import { showToast } from '../../../ui/toast-store.ts'
import { exportList } from './export-list.ts'

interface ExportMenuProps {
  record: ListRecord
  /** The query of the list. */
  asked: object
  /** The columns of the table, the first one among them. */
  columns: readonly string[]
}

/** Takes the list along, as it is filtered and sorted. */
export function ExportMenu({ record, asked, columns }: ExportMenuProps) {
  const { t, i18n } = useTranslation()
  const [which, setWhich] = useState<'shown' | 'all'>('all')
  const save = useCommand({
    run: async (format: ExportFormat) => {
      const language = i18n.language === 'ru' ? 'ru' : 'en'
      saveFile(
        await exportList(record, asked, { format, columns: which === 'shown' ? columns : null, language }),
        t('listExport.fileName', { list: t(`listExport.lists.${record}`), format }),
      )
    },
    onSuccess: () => showToast({ kind: 'done', text: t('listExport.done') }),
    onError: (error) => showToast({ kind: 'problem', text: explain(error, t) }),
  })
  if (!useCan(`crm.${record}.export`)) return null
  const options = (['all', 'shown'] as const).map((value) => ({ value, label: t(`listExport.which.${value}`) }))
  const label = save.isPending ? t('listExport.busy') : t('listExport.label')
  return (
    <Menu
      label={t('listExport.label')}
      trigger={
        <IconButton label={label} disabled={save.isPending} aria-busy={save.isPending}>
          <Download />
        </IconButton>
      }
    >
      <MenuLabel>{t('listExport.columns')}</MenuLabel>
      <MenuChoice value={which} options={options} onChange={setWhich} />
      <MenuLine />
      {EXPORT_FORMATS.map((format) => (
        <MenuItem key={format} onSelect={() => save.mutate(format)}>
          {t(`listExport.formats.${format}`)}
        </MenuItem>
      ))}
    </Menu>
  )
}
