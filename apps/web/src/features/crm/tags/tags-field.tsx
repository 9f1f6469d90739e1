import { Plus } from 'lucide-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { explain, isStatus } from '../../../lib/api/explain.ts'
import { FieldRow } from '../records/field-row.tsx'
import { useTagsOf } from './queries.ts'
import { TagChip } from './tag-chip.tsx'
import { TagPicker } from './tag-picker.tsx'

interface TagsFieldProps {
  tagIds: readonly string[]
  canUpdate: boolean
  update: { readonly error: Error | null; readonly isPending: boolean; readonly variables: { readonly tagIds?: readonly string[] | undefined } | undefined }
  onChange: (tagIds: string[]) => void
}

/** The tags of a record: put on and taken off one after the other, each counts at once. */
export function TagsField({ tagIds, canUpdate, update, onChange }: TagsFieldProps) {
  const { t } = useTranslation()
  const [isOpen, setIsOpen] = useState(false)
  /** What it will be once the change on its way has arrived; refused, it is what it was. */
  const chosen = (update.isPending ? update.variables?.tagIds : undefined) ?? tagIds
  const tags = useTagsOf(chosen)
  const button = useRef<HTMLButtonElement>(null)
  const without = (tagId: string | undefined) => chosen.filter((id) => id !== tagId)
  const problem = update.error && (isStatus(update.error, 409, 412) ? t('records.newer') : explain(update.error, t))
  return (
    <FieldRow label={t('tags.title')} problem={problem}>
      <div className="flex min-h-7.5 flex-wrap items-center gap-1 py-1 pl-1">
        {tags.map(({ id, name, color }) => (
          <TagChip key={id} name={name} color={color} {...(canUpdate ? { onRemove: () => onChange(without(id)) } : {})} />
        ))}
        {canUpdate && !isOpen && (
          <button
            ref={button}
            type="button"
            aria-label={t('tags.add')}
            onClick={() => setIsOpen(true)}
            className={
              tags.length === 0
                ? 'min-h-5.5 flex-1 rounded-md text-left text-faint hover:bg-hover'
                : 'flex size-5 items-center justify-center rounded-md text-muted hover:bg-hover'
            }
          >
            {tags.length === 0 ? t('records.add') : <Plus aria-hidden className="size-3.5" />}
          </button>
        )}
        {!canUpdate && tags.length === 0 && <span className="text-faint">—</span>}
      </div>
      {isOpen && (
        <TagPicker
          chosen={chosen}
          onToggle={(id) => onChange(chosen.includes(id) ? without(id) : [...chosen, id])}
          onRemoveLast={() => chosen.length > 0 && onChange(without(chosen.at(-1)))}
          onClose={() => {
            setIsOpen(false)
            requestAnimationFrame(() => button.current?.focus())
          }}
        />
      )}
    </FieldRow>
  )
}
