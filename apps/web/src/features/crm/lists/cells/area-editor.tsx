import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { inputLook } from '../../../../ui/field.tsx'
import { usualCurrency } from '../../deals/currencies.ts'
import type { CellEditorProps } from './cell-editor-props.ts'
import type { Step } from './grid-keys.ts'
import { CellPopover } from './cell-popover.tsx'
import { beginOf } from './cell-value.ts'

/** A text of several lines: Ctrl+Enter saves as well. */
export function AreaEditor(props: CellEditorProps) {
  const { label, cell, refused, onSave, onLeave } = props
  const { t, i18n } = useTranslation()
  const [begin] = useState(() => beginOf(props, usualCurrency(i18n.language)).text)
  const [typed, setTyped] = useState(begin)
  const save = (step: Step) => (typed === begin && refused === undefined ? onLeave(step) : void onSave(typed.trim() || null, step))
  return (
    <CellPopover label={label} anchor={cell} onSave={save} onCancel={() => onLeave('stay')}>
      <textarea
        autoFocus
        rows={5}
        maxLength={5000}
        aria-label={label}
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
        onKeyDown={(event) => event.key === 'Enter' && (event.ctrlKey || event.metaKey) && save('down')}
        className={`${inputLook} py-1.5`}
      />
      <p className="px-1 pt-1 text-2xs text-faint">{t('lists.cells.areaHint')}</p>
    </CellPopover>
  )
}
