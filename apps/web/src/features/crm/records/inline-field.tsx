import type { UseMutationResult } from '@tanstack/react-query'
import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { explain, explainField, isStatus } from '../../../lib/api/explain.ts'
import { inputLook } from '../../../ui/field.tsx'
import { FieldRow } from './field-row.tsx'

interface InlineFieldProps<Change> {
  label: string
  /** As it is shown and edited; null: nothing there. */
  value: string | null
  maxLength: number
  isMultiline?: boolean
  canUpdate: boolean
  /** Stands behind the value: a link to where it leads. */
  aside?: ReactNode
  /** What typing leads to, or null when nothing changes by it. */
  changeOf: (typed: string) => Change | null
  update: UseMutationResult<unknown, Error, Change>
  /** The field as the server names it, to find its problem among others. */
  field: string
  /** Conflicts that are about this value, not about the version of the record. */
  ownConflicts?: readonly string[]
}

/** A field that turns into an input when pressed. Enter or leaving saves, Esc takes back. */
export function InlineField<Change>(props: InlineFieldProps<Change>) {
  const { label, value, maxLength, isMultiline = false, canUpdate, aside, changeOf, update } = props
  const { t } = useTranslation()
  const [typed, setTyped] = useState<string | null>(null)
  // Enter saves and then the field is left, which saves too: only the first counts.
  const isSaving = useRef(false)
  const problem = useProblem(props)

  const save = () => {
    if (isSaving.current) return
    const change = typed === null ? null : changeOf(typed)
    if (change === null) return setTyped(null)
    isSaving.current = true
    update.mutate(change, { onSuccess: () => setTyped(null), onSettled: () => (isSaving.current = false) })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation()
    if (event.key === 'Escape') {
      update.reset()
      setTyped(null)
    }
    if (event.key === 'Enter' && (!isMultiline || event.ctrlKey || event.metaKey)) save()
  }

  const shared = {
    'aria-label': label,
    'aria-invalid': problem ? true : undefined,
    autoFocus: true,
    value: typed ?? '',
    maxLength,
    readOnly: update.isPending,
    onBlur: save,
    onKeyDown,
  } as const
  return (
    <FieldRow label={label} problem={problem} aside={typed === null && aside}>
      {typed === null ? (
        <button
          type="button"
          disabled={!canUpdate}
          aria-label={t('records.editField', { field: `${label}: ${value ?? t('common.none')}` })}
          onClick={() => setTyped(value ?? '')}
          className="-mx-1 min-h-7.5 w-full rounded-md px-2 py-1 text-left break-words whitespace-pre-wrap enabled:hover:bg-hover"
        >
          {value ?? <span className="text-faint">{canUpdate ? t('records.add') : '—'}</span>}
        </button>
      ) : isMultiline ? (
        <textarea {...shared} rows={4} onChange={({ target }) => setTyped(target.value)} className={`${inputLook} py-1.5`} />
      ) : (
        <input {...shared} onChange={({ target }) => setTyped(target.value)} className={`${inputLook} h-7.5`} />
      )}
    </FieldRow>
  )
}

function useProblem<Change>({ update: { error }, field, ownConflicts = [] }: InlineFieldProps<Change>): string | null {
  const { t } = useTranslation()
  if (!error) return null
  const isOfVersion = isStatus(error, 409, 412) && !ownConflicts.some((code) => 'code' in error && error.code === code)
  return explainField(error, field, t) ?? (isOfVersion ? t('records.newer') : explain(error, t))
}
