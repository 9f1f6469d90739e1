import { MAX_TAGS_OF_RECORD, TAG_COLORS, type Tag, type TagColor } from '@ai-crm/contracts'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Command } from 'cmdk'
import { Check, Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/api/api.ts'
import { explain } from '../../../lib/api/explain.ts'
import { useCommand } from '../../../lib/api/use-command.ts'
import { useCan } from '../../../lib/session/session-store.ts'
import { choiceLook, inputLook } from '../../../ui/field.tsx'
import { useFirstChoice } from '../records/use-first-choice.ts'
import { tagsQuery } from './queries.ts'
import { TagChip } from './tag-chip.tsx'

const CREATE = '+create'
/** The colours one after another: neighbours in the list look different. */
const colorOf = (count: number): TagColor => TAG_COLORS[1 + (count % (TAG_COLORS.length - 1))] ?? 'gray'

interface TagPickerProps {
  chosen: readonly string[]
  onToggle: (tagId: string) => void
  /** Backspace in an empty field. */
  onRemoveLast: () => void
  onClose: () => void
}

/** Tags found by typing; Enter takes or leaves one, and makes what there is not yet. Esc ends. */
export function TagPicker({ chosen, onToggle, onRemoveLast, onClose }: TagPickerProps) {
  const { t } = useTranslation()
  const canCreate = useCan('crm.tag.manage')
  const [typed, setTyped] = useState('')
  const name = typed.trim().toLowerCase()
  const { data } = useQuery(tagsQuery)
  const tags = data?.items ?? []
  const found = tags.filter((tag) => tag.name.toLowerCase().includes(name))
  const isNew = data !== undefined && name !== '' && tags.every((tag) => tag.name.toLowerCase() !== name)
  const isFull = chosen.length >= MAX_TAGS_OF_RECORD
  const [highlighted, setHighlighted] = useFirstChoice(found[0]?.id ?? (isNew && canCreate ? CREATE : undefined))
  const take = (tagId: string) => {
    setTyped('')
    onToggle(tagId)
  }
  const create = useCreateTag(({ id }) => take(id))
  return (
    <Command
      label={t('tags.title')}
      value={highlighted}
      onValueChange={setHighlighted}
      shouldFilter={false}
      loop
      className="relative"
      onKeyDown={(event) => {
        event.stopPropagation()
        if (event.key === 'Escape') onClose()
        if (event.key === 'Backspace' && typed === '') onRemoveLast()
      }}
      onBlur={({ currentTarget, relatedTarget }) => !currentTarget.contains(relatedTarget) && onClose()}
    >
      <Command.Input
        autoFocus
        aria-label={t('tags.title')}
        value={typed}
        maxLength={60}
        onValueChange={setTyped}
        placeholder={t('tags.choose')}
        className={`${inputLook} h-7.5`}
      />
      {create.error && (
        <p role="alert" className="pt-1 text-xs text-danger">
          {explain(create.error, t)}
        </p>
      )}
      <Command.List
        // The field keeps the focus: pressing a choice is no leaving.
        onMouseDown={(event) => event.preventDefault()}
        className="absolute inset-x-0 top-full z-30 mt-1 max-h-64 overflow-y-auto rounded-xl border border-line bg-raised p-1 shadow-float"
      >
        {found.map((tag) => (
          <Command.Item key={tag.id} value={tag.id} disabled={isFull && !chosen.includes(tag.id)} className={choiceLook} onSelect={() => take(tag.id)}>
            <span className="flex min-w-0 flex-1">
              <TagChip name={tag.name} color={tag.color} />
            </span>
            {chosen.includes(tag.id) && <Check aria-label={t('tags.chosen')} />}
          </Command.Item>
        ))}
        {isNew && canCreate && (
          <Command.Item
            value={CREATE}
            disabled={create.isPending || isFull}
            className={choiceLook}
            onSelect={() => create.mutate({ name: typed.trim(), color: colorOf(tags.length) })}
          >
            <Plus aria-hidden />
            <span className="min-w-0 flex-1 truncate">{t('tags.createNamed', { name: typed.trim() })}</span>
          </Command.Item>
        )}
        {found.length === 0 && !(isNew && canCreate) && <p className="px-2 py-1.5 text-xs text-faint">{t(data ? 'tags.none' : 'common.loading')}</p>}
      </Command.List>
    </Command>
  )
}

function useCreateTag(onCreated: (tag: Tag) => void) {
  const cache = useQueryClient()
  return useCommand({
    run: (body: { name: string; color: TagColor }, idempotencyKey) => api.crm.createTag({ body, idempotencyKey }),
    onSuccess: (tag) => {
      // There at once: the chip of the new tag is shown before the list is fetched again.
      cache.setQueryData(tagsQuery.queryKey, (known) => known && { items: [...known.items, tag] })
      void cache.invalidateQueries({ queryKey: tagsQuery.queryKey })
      onCreated(tag)
    },
    onError: () => void cache.invalidateQueries({ queryKey: tagsQuery.queryKey }),
  })
}
