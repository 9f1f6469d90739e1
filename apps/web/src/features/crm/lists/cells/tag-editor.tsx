import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { TagPicker } from '../../tags/tag-picker.tsx'
import type { CellEditorProps } from './cell-editor-props.ts'
import type { Step } from './grid-keys.ts'
import { CellPopover } from './cell-popover.tsx'
import { cellValue } from './cell-value.ts'

/** The tags of a record: all of them are one change, when the cell is left. */
export function TagEditor({ field, label, row, cell, refused, onSave, onLeave }: CellEditorProps) {
  const { t } = useTranslation()
  const now = cellValue(row, field)
  const begin = Array.isArray(refused) ? refused : Array.isArray(now) ? now : []
  const [chosen, setChosen] = useState<readonly string[]>(begin)
  // Esc closes the picker too: what is given back is not saved after all.
  const isOver = useRef(false)
  const save = (step: Step) => {
    if (isOver.current) return
    isOver.current = true
    if (chosen.join() === (Array.isArray(now) ? now : []).join()) onLeave(step)
    else onSave([...chosen], step)
  }
  const cancel = () => {
    isOver.current = true
    onLeave('stay')
  }
  return (
    <CellPopover label={label} anchor={cell} onSave={save} onCancel={cancel}>
      <TagPicker
        chosen={chosen}
        onToggle={(id) => setChosen(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id])}
        onRemoveLast={() => setChosen(chosen.slice(0, -1))}
        onClose={() => save('none')}
      />
      <p className="px-1 pt-1 text-2xs text-faint">{t('lists.cells.severalHint')}</p>
    </CellPopover>
  )
}
