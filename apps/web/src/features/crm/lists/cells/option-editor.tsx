import { useQuery } from '@tanstack/react-query'
import { Command } from 'cmdk'
import { Check, Eraser } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { membersQuery } from '../../../../lib/session/members-query.ts'
import { choiceLook, inputLook } from '../../../../ui/field.tsx'
import { offeredOptions } from '../../fields/draft.ts'
import { OptionBadge } from '../../fields/option-badge.tsx'
import { optionLabel, type ShownField } from '../offered-fields.ts'
import type { CellEditorProps } from './cell-editor-props.ts'
import type { Step } from './grid-keys.ts'
import { CellPopover } from './cell-popover.tsx'
import { cellValue } from './cell-value.ts'
import type { CellValue } from './record-edit.ts'

interface Option {
  readonly id: string
  readonly label: string
  readonly shown?: ReactNode
}

/** Options found by typing: of one, Enter takes it and goes on; of several, Enter takes and leaves each, and Tab saves them. */
export function OptionEditor({ field, label, row, cell, refused, onSave, onLeave }: CellEditorProps) {
  const { t } = useTranslation()
  const now = cellValue(row, field)
  const begin = refused ?? now
  const options = useOptions(field, chosenIn(begin))
  const isSeveral = field.kind === 'multiSelect'
  const [chosen, setChosen] = useState(() => chosenIn(begin))
  const saveOne = (id: string | null, step: Step) => {
    const value = id !== null && field.kind === 'checkbox' ? id === 'true' : id
    if (value === now && refused === undefined) onLeave(step)
    else onSave(value, step)
  }
  const saveSeveral = (step: Step) => {
    if (Array.isArray(now) ? now.join() === chosen.join() : chosen.length === 0) onLeave(step)
    else onSave(chosen.length > 0 ? [...chosen] : null, step)
  }
  const take = (id: string) => {
    if (!isSeveral) return saveOne(id, 'down')
    const next = new Set(chosen)
    if (!next.delete(id)) next.add(id)
    setChosen(options.map((option) => option.id).filter((one) => next.has(one)))
  }
  const isClearable = field.key !== 'stage' && chosen.length > 0
  return (
    <CellPopover label={label} anchor={cell} onSave={(step) => (isSeveral ? saveSeveral(step) : onLeave(step))} onCancel={() => onLeave('stay')}>
      <Command label={label} loop filter={byLabel} defaultValue={isSeveral ? '' : (chosen[0] ?? '')} className="flex flex-col gap-1">
        <Command.Input autoFocus aria-label={label} placeholder={t('common.find')} maxLength={100} className={`${inputLook} h-8`} />
        <Command.List className="max-h-64 overflow-y-auto">
          <Command.Empty className="px-2 py-1.5 text-xs text-faint">{t('common.nothingFits')}</Command.Empty>
          {options.map(({ id, label: name, shown }) => (
            <Command.Item key={id} value={id} keywords={[name]} onSelect={() => take(id)} className={choiceLook}>
              <span className="min-w-0 flex-1 truncate">{shown ?? name}</span>
              {chosen.includes(id) && <Check aria-label={t('tags.chosen')} />}
            </Command.Item>
          ))}
          {isClearable && (
            <Command.Item
              value="+clear"
              keywords={[t('lists.cells.clear')]}
              onSelect={() => (isSeveral ? setChosen([]) : saveOne(null, 'down'))}
              className={choiceLook}
            >
              <Eraser aria-hidden />
              {t('lists.cells.clear')}
            </Command.Item>
          )}
        </Command.List>
      </Command>
      {isSeveral && <p className="px-1 pt-1 text-2xs text-faint">{t('lists.cells.severalHint')}</p>}
    </CellPopover>
  )
}

function chosenIn(value: CellValue): readonly string[] {
  if (Array.isArray(value)) return value
  return typeof value === 'string' || typeof value === 'boolean' ? [String(value)] : []
}

/** By what people read, not by ids. */
const byLabel = (_id: string, typed: string, labels: string[] = []): number => (labels.join(' ').toLowerCase().includes(typed.trim().toLowerCase()) ? 1 : 0)

function useOptions(field: ShownField, chosen: readonly string[]): readonly Option[] {
  const { t } = useTranslation()
  const members = useQuery({ ...membersQuery, enabled: field.kind === 'person' }).data?.items ?? []
  if (field.kind === 'person') return members.map(({ userId, name }) => ({ id: userId, label: name }))
  if (field.kind === 'checkbox') return [true, false].map((value) => ({ id: String(value), label: t(value ? 'fields.yes' : 'fields.no') }))
  if (field.custom)
    return offeredOptions(field.custom, chosen).map((option) => ({ id: option.id, label: option.label, shown: <OptionBadge option={option} /> }))
  return (field.options ?? []).map((id) => ({ id, label: optionLabel(t, field, id) }))
}
