import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Choice } from '../../../ui/field.tsx'
import { tagsQuery } from '../tags/queries.ts'
import { TagChip } from '../tags/tag-chip.tsx'
import { BulkDialog, type BulkDialogProps } from './bulk-dialog.tsx'

type Way = 'add' | 'remove'

/** Tags that all selected records get, or lose; their other tags stay. */
export function TagsDialog(dialog: Omit<BulkDialogProps, 'title' | 'action' | 'asked' | 'children'>) {
  const { t } = useTranslation()
  const tags = useQuery(tagsQuery).data?.items ?? []
  const [way, setWay] = useState<Way>('add')
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const toggle = (id: string) => setChosen(chosen.has(id) ? new Set([...chosen].filter((one) => one !== id)) : new Set([...chosen, id]))
  const asked = chosen.size > 0 ? { do: 'change', set: { tags: { [way]: [...chosen] } } } : null
  return (
    <BulkDialog title={t('bulk.tags')} action={t(`bulk.tagActions.${way}`)} asked={asked} {...dialog}>
      <Choice
        label={t('bulk.tagWay')}
        value={way}
        options={[
          { value: 'add', label: t('bulk.tagActions.add') },
          { value: 'remove', label: t('bulk.tagActions.remove') },
        ]}
        onChange={setWay}
      />
      {tags.length === 0 && <p className="text-sm text-muted">{t('bulk.noTags')}</p>}
      <ul aria-label={t('tags.title')} className="flex max-h-56 flex-col gap-1 overflow-y-auto">
        {tags.map(({ id, name, color }) => (
          <li key={id}>
            <label className="flex h-8 cursor-pointer items-center gap-2 rounded-md px-1 hover:bg-hover">
              <input type="checkbox" aria-label={name} className="size-4 accent-accent" checked={chosen.has(id)} onChange={() => toggle(id)} />
              <TagChip name={name} color={color} />
            </label>
          </li>
        ))}
      </ul>
    </BulkDialog>
  )
}
