import clsx from 'clsx'
import { useId, useRef, useState, type KeyboardEvent, type RefObject } from 'react'
import { flushSync } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { inputLook } from '../../../ui/field.tsx'
import type { Colleague } from '../records/owner-field.tsx'
import { mentionAt, suggestedFor } from './mentions.ts'

interface NoteFieldProps {
  area?: RefObject<HTMLTextAreaElement | null>
  label: string
  value: string
  members: readonly Colleague[]
  isBusy: boolean
  autoFocus?: boolean
  onChange: (text: string) => void
  /** Ctrl or Cmd with Enter. */
  onSubmit: () => void
  onCancel: () => void
}

/** A text in which @ offers colleagues: arrows choose, Enter or Tab takes, Esc leaves the letters as they are. */
export function NoteField({ area: given, label, value, members, isBusy, autoFocus = false, onChange, onSubmit, onCancel }: NoteFieldProps) {
  const { t } = useTranslation()
  const listId = useId()
  const own = useRef<HTMLTextAreaElement>(null)
  const area = given ?? own
  const [caret, setCaret] = useState<number | null>(null)
  const [active, setActive] = useState(0)
  const mention = caret === null ? null : mentionAt(value, caret)
  const offered = mention ? suggestedFor(mention.letters, members) : []
  const isOffering = offered.length > 0
  const index = Math.min(active, offered.length - 1)

  const take = (member: Colleague | undefined) => {
    if (!mention || caret === null || !member) return
    const before = `${value.slice(0, mention.start)}@${member.name} `
    // At once: whoever types on before the next frame would have the caret moved between their letters.
    flushSync(() => {
      onChange(before + value.slice(caret))
      setCaret(null)
    })
    area.current?.setSelectionRange(before.length, before.length)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation()
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) return onSubmit()
    if (event.key === 'Escape') return isOffering ? setCaret(null) : onCancel()
    if (!isOffering) return
    const steps: Readonly<Record<string, () => void>> = {
      ArrowDown: () => setActive((index + 1) % offered.length),
      ArrowUp: () => setActive((index + offered.length - 1) % offered.length),
      Enter: () => take(offered[index]),
      Tab: () => take(offered[index]),
    }
    const step = steps[event.key]
    if (!step) return
    event.preventDefault()
    step()
  }
  return (
    <div className="relative">
      <textarea
        ref={area}
        aria-label={label}
        aria-autocomplete="list"
        aria-controls={isOffering ? listId : undefined}
        aria-activedescendant={isOffering ? `${listId}-${index}` : undefined}
        placeholder={t('notes.placeholder')}
        value={value}
        maxLength={10_000}
        rows={Math.min(10, Math.max(2, value.split('\n').length))}
        readOnly={isBusy}
        // Somebody has pressed "edit": the text is what they want to reach.
        autoFocus={autoFocus}
        onChange={({ target }) => {
          onChange(target.value)
          setCaret(target.selectionStart)
          setActive(0)
        }}
        onBlur={() => setCaret(null)}
        onKeyDown={onKeyDown}
        className={clsx(inputLook, 'resize-y py-2 leading-normal')}
      />
      {isOffering && <Choices id={listId} members={offered} active={index} onTake={take} />}
    </div>
  )
}

interface ChoicesProps {
  id: string
  members: readonly Colleague[]
  active: number
  onTake: (member: Colleague) => void
}

function Choices({ id, members, active, onTake }: ChoicesProps) {
  const { t } = useTranslation()
  return (
    <ul
      id={id}
      role="listbox"
      aria-label={t('notes.colleagues')}
      className="absolute top-full left-0 z-30 mt-1 min-w-52 rounded-xl border border-line bg-raised p-1 shadow-float"
    >
      {members.map((member, nth) => (
        <li
          key={member.userId}
          id={`${id}-${nth}`}
          role="option"
          aria-selected={nth === active}
          // The text keeps the focus: pressing a choice is no leaving.
          onMouseDown={(event) => {
            event.preventDefault()
            onTake(member)
          }}
          className={clsx('flex h-8 cursor-default items-center truncate rounded-md px-2 text-sm select-none', nth === active && 'bg-hover')}
        >
          {member.name}
        </li>
      ))}
    </ul>
  )
}
