import { ProblemError, type Contact } from '@ai-crm/contracts'
import { useRef, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { explain, fieldProblem, isStatus } from '../../../lib/api/explain.ts'
import { useCan } from '../../../lib/session/session-store.ts'
import { inputLook } from '../../../ui/field.tsx'
import { changeOf, fieldLimits, type ContactField } from './contact-fields.ts'
import { useUpdateContact } from './use-update-contact.ts'

/** A field that turns into an input when pressed. Enter or leaving saves, Esc takes back. */
export function InlineField({ contact, field, isLocked }: { contact: Contact; field: ContactField; isLocked: boolean }) {
  const { t } = useTranslation()
  const canUpdate = useCan('crm.contact.update') && !isLocked
  const [typed, setTyped] = useState<string | null>(null)
  const update = useUpdateContact(contact)
  // Enter saves and then the field is left, which saves too: only the first counts.
  const isSaving = useRef(false)
  const label = t(`contacts.${field}`)

  const save = () => {
    if (isSaving.current) return
    const change = typed === null ? null : changeOf(contact, field, typed)
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
    const isDone = event.key === 'Enter' && (field !== 'note' || event.ctrlKey || event.metaKey)
    if (isDone) save()
  }

  const error = update.error
  const isOutOfDate = isStatus(error, 409, 412) && !(error instanceof ProblemError && error.code === 'crm.contact.email_taken')
  const problem = error && (fieldProblem(error, field) ?? (isOutOfDate ? t('contacts.newer') : explain(error, t)))
  const shared = {
    'aria-label': label,
    'aria-invalid': problem ? true : undefined,
    autoFocus: true,
    value: typed ?? '',
    maxLength: fieldLimits[field],
    readOnly: update.isPending,
    onBlur: save,
    onKeyDown,
  } as const
  return (
    <div className="grid grid-cols-[5rem_minmax(0,1fr)] items-start gap-2">
      <dt className="py-1.5 text-xs text-faint">{label}</dt>
      <dd className="min-w-0">
        {typed === null ? (
          <button
            type="button"
            disabled={!canUpdate}
            aria-label={t('contacts.editField', { field: `${label}: ${contact[field] ?? t('common.none')}` })}
            onClick={() => setTyped(contact[field] ?? '')}
            className="-mx-1 min-h-7.5 w-full rounded-md px-2 py-1 text-left break-words whitespace-pre-wrap enabled:hover:bg-hover"
          >
            {contact[field] ?? <span className="text-faint">{canUpdate ? t('contacts.empty_value') : '—'}</span>}
          </button>
        ) : field === 'note' ? (
          <textarea {...shared} rows={4} onChange={({ target }) => setTyped(target.value)} className={`${inputLook} py-1.5`} />
        ) : (
          <input {...shared} onChange={({ target }) => setTyped(target.value)} className={`${inputLook} h-7.5`} />
        )}
        {problem && (
          <p role="alert" className="pt-1 text-xs text-danger">
            {problem}
          </p>
        )}
      </dd>
    </div>
  )
}
