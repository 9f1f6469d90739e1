import clsx from 'clsx'
import { useRef, useState, type KeyboardEvent, type MouseEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { DateInput } from '../../../../ui/date-input.tsx'
import { isSameDraft, valueOf } from '../../fields/draft.ts'
import { usualCurrency } from '../../deals/currencies.ts'
import type { CellEditorProps } from './cell-editor-props.ts'
import type { Step } from './grid-keys.ts'
import { CellNote } from './cell-note.tsx'
import { beginOf, inputKind } from './cell-value.ts'

const LOOK = 'w-full min-w-40 bg-raised px-2 text-sm text-ink outline-2 -outline-offset-2 outline-accent aria-invalid:outline-danger'

/** A value that is typed in its cell. Enter and Tab save and go on, leaving saves, Esc gives back. */
export function LineEditor(props: CellEditorProps) {
  const { field, label, onSave, onLeave } = props
  const { t, i18n } = useTranslation()
  const usual = usualCurrency(i18n.language)
  const [draft, setDraft] = useState(() => beginOf(props, usual))
  const [isWrong, setIsWrong] = useState(false)
  // Enter saves and then the input is left, which saves too: only the first counts.
  const isOver = useRef(false)
  const kind = inputKind(field)

  const save = (step: Step) => {
    if (isOver.current) return
    isOver.current = true
    if (isSameDraft(draft, beginOf({ ...props, typed: null }, usual)) && props.refused === undefined) return onLeave(step)
    const value = valueOf({ kind, currency: null }, draft)
    if (value !== undefined && onSave(value, step)) return
    isOver.current = false
    setIsWrong(true)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation()
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Escape') {
      isOver.current = true
      onLeave('stay')
    }
    if (event.key !== 'Enter' && event.key !== 'Tab') return
    event.preventDefault()
    save(event.key === 'Enter' ? 'down' : event.shiftKey ? 'left' : 'right')
  }
  const type = (text: string) => {
    setIsWrong(false)
    setDraft({ ...draft, text })
  }
  const shared = {
    autoFocus: true,
    'aria-label': label,
    'aria-invalid': isWrong || undefined,
    value: draft.text,
    onBlur: () => save('none'),
    onKeyDown,
    onClick: (event: MouseEvent) => event.stopPropagation(),
  }
  return (
    <>
      {kind === 'date' ? (
        <DateInput {...shared} onChange={type} className={clsx(LOOK, 'h-full')} boxClassName="absolute! inset-0 z-10 min-w-40" />
      ) : (
        <input
          {...shared}
          inputMode={kind === 'number' ? 'decimal' : kind === 'url' ? 'url' : undefined}
          maxLength={2000}
          onChange={({ target }) => type(target.value)}
          className={clsx(LOOK, 'absolute inset-0 z-10')}
        />
      )}
      {isWrong && <CellNote isProblem>{t('lists.cells.wrong', { field: label })}</CellNote>}
    </>
  )
}
