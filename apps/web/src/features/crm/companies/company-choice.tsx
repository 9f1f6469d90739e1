import type { Company } from '@ai-crm/contracts'
import { Pencil } from 'lucide-react'
import { useRef, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { FieldRow } from '../records/field-row.tsx'
import { CompanyCombobox } from './company-combobox.tsx'

interface CompanyChoiceProps {
  label: string
  /** What stands there: a link, a text, or null for nothing. */
  value: ReactNode
  text: string
  canUpdate: boolean
  problem: string | null
  exceptId?: string
  onChoose: (company: Company) => void
  onCreate?: (name: string) => void
  onText?: (text: string) => void
  onClear?: () => void
}

/** A company in a line of a record, and the field in which another is chosen. */
export function CompanyChoice({ label, value, text, canUpdate, problem, ...choice }: CompanyChoiceProps) {
  const { t } = useTranslation()
  const [isOpen, setIsOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  /** The focus goes back to where it came from, once that is there again. */
  const close = () => {
    setIsOpen(false)
    requestAnimationFrame(() => button.current?.focus())
  }
  const andClose =
    <Value,>(run: ((value: Value) => void) | undefined) =>
    (given: Value) => {
      close()
      run?.(given)
    }
  if (isOpen)
    return (
      <FieldRow label={label} problem={problem}>
        <CompanyCombobox
          label={label}
          text={text}
          {...(choice.exceptId ? { exceptId: choice.exceptId } : {})}
          onChoose={andClose(choice.onChoose)}
          {...(choice.onCreate ? { onCreate: andClose(choice.onCreate) } : {})}
          {...(choice.onText ? { onText: andClose(choice.onText) } : {})}
          {...(choice.onClear ? { onClear: () => andClose(choice.onClear)(undefined) } : {})}
          onClose={close}
        />
      </FieldRow>
    )
  const edit = canUpdate && (
    <button
      ref={button}
      type="button"
      aria-label={t('records.editField', { field: `${label}: ${text || t('common.none')}` })}
      onClick={() => setIsOpen(true)}
      className={
        value
          ? 'flex size-7.5 shrink-0 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-ink'
          : '-mx-1 min-h-7.5 w-full rounded-md px-2 py-1 text-left text-faint hover:bg-hover'
      }
    >
      {value ? <Pencil aria-hidden className="size-3.5" /> : t('records.add')}
    </button>
  )
  if (value)
    return (
      <FieldRow label={label} problem={problem} aside={edit}>
        {value}
      </FieldRow>
    )
  return (
    <FieldRow label={label} problem={problem}>
      {edit || <span className="inline-block px-1 py-1 text-faint">—</span>}
    </FieldRow>
  )
}
