import { useId, useRef, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { inputLook } from '../../../ui/field.tsx'
import type { Address, AddressKind, AddressList } from './address-kinds.ts'
import { labelName, labelNames, labelOf } from './label.ts'

interface AddressEditorProps<List extends AddressList> {
  kind: AddressKind<List>
  /** What the field is called. */
  name: string
  /** Null: a new one. */
  address: Address<List> | null
  isBusy: boolean
  /** The editor stays until the server has agreed; refused, what was typed is still there. */
  onSave: (address: Address<List>, onRefused: () => void) => void
  /** Emptied and left. */
  onRemove: () => void
  onClose: () => void
}

/** An address and its label, typed. Enter or leaving saves, Esc takes back, Backspace in an empty field removes. */
export function AddressEditor<List extends AddressList>({ kind, name, address, isBusy, onSave, onRemove, onClose }: AddressEditorProps<List>) {
  const { t } = useTranslation()
  const listId = useId()
  const [typed, setTyped] = useState(address ? kind.textOf(address) : '')
  const [label, setLabel] = useState(address?.label ? labelName(address.label, t) : '')
  const [isWrong, setIsWrong] = useState(false)
  // Enter saves and then the field is left, which saves too: only the first counts.
  const isOver = useRef(false)

  const end = (how: () => void) => {
    if (isOver.current) return
    isOver.current = true
    how()
  }
  const save = () => {
    if (typed.trim() === '') return end(address ? onRemove : onClose)
    const isSame = address && typed.trim() === kind.textOf(address) && labelOf(label, t) === address.label
    const read = isSame ? null : kind.read(typed, labelOf(label, t), address)
    if (isSame) return end(onClose)
    if (!read) return setIsWrong(true)
    end(() => onSave(read, () => (isOver.current = false)))
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    event.stopPropagation()
    if (event.key === 'Escape') end(onClose)
    if (event.key === 'Enter') save()
    if (event.key === 'Backspace' && address && typed === '') end(onRemove)
  }
  return (
    <div className="flex flex-col gap-1" onBlur={({ currentTarget, relatedTarget }) => !currentTarget.contains(relatedTarget) && save()}>
      <div className="flex flex-wrap gap-1">
        <input
          autoFocus
          aria-label={name}
          aria-invalid={isWrong || undefined}
          type="text"
          inputMode={kind.input}
          autoComplete="off"
          spellCheck={false}
          value={typed}
          maxLength={kind.maxLength}
          readOnly={isBusy}
          onChange={({ target }) => {
            setTyped(target.value)
            setIsWrong(false)
          }}
          onKeyDown={onKeyDown}
          className={`${inputLook} h-7.5 min-w-40 flex-1`}
        />
        <input
          aria-label={t('addresses.labelOf', { field: name })}
          list={listId}
          placeholder={t('addresses.label')}
          value={label}
          maxLength={50}
          readOnly={isBusy}
          onChange={({ target }) => setLabel(target.value)}
          onKeyDown={onKeyDown}
          className={`${inputLook} h-7.5 w-24! grow`}
        />
        <datalist id={listId}>
          {labelNames(t).map((option) => (
            <option key={option} value={option} />
          ))}
        </datalist>
      </div>
      {isWrong && (
        <p role="alert" className="text-xs text-danger">
          {t(`addresses.wrong.${kind.list}`)}
        </p>
      )}
    </div>
  )
}
