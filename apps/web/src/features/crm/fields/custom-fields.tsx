import type { CustomValue, CustomValues, Field, FieldRecord, GivenCustom } from '@ai-crm/contracts'
import { ArrowUpRight } from 'lucide-react'
import { Fragment, useState, type FormEvent, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { explain } from '../../../lib/api/explain.ts'
import { useFieldRules } from '../../../lib/session/session-store.ts'
import { usualCurrency } from '../deals/currencies.ts'
import { FieldRow } from '../records/field-row.tsx'
import { draftOf, isSameDraft, valueOf, type Draft } from './draft.ts'
import { useFields } from './queries.ts'
import { ValueInput } from './value-input.tsx'
import { ValueText } from './value-text.tsx'

interface CustomUpdate {
  readonly error: Error | null
  readonly isPending: boolean
  reset: () => void
  mutate: (change: { custom: GivenCustom }, options?: { onSuccess?: () => void }) => void
}

interface CustomFieldsProps {
  record: FieldRecord
  values: CustomValues
  canUpdate: boolean
  /** A `CustomField` with a change of the record of its own: a problem stands where it belongs. */
  children: (props: CustomFieldProps) => ReactNode
}

/** The organisation's own fields of a record, each changeable in place; what the person's role hides is not among them. */
export function CustomFields({ record, values, canUpdate, children }: CustomFieldsProps) {
  const rules = useFieldRules(record)
  return useFields(record)
    .filter(({ id }) => rules[`custom.${id}`] !== 'hidden')
    .map((field) => (
      <Fragment key={field.id}>
        {children({ field, value: values?.[field.id] ?? null, canUpdate: canUpdate && field.formula === null && !rules[`custom.${field.id}`] })}
      </Fragment>
    ))
}

export interface CustomFieldProps {
  field: Field
  value: CustomValue | null
  canUpdate: boolean
}
type WithUpdate = CustomFieldProps & { update: CustomUpdate }

/** One of them: pressed, it turns into its input. */
export function CustomField({ field, value, canUpdate, update }: WithUpdate) {
  const { t } = useTranslation()
  const [isOpen, setIsOpen] = useState(false)
  if (isOpen) return <RowForm {...{ field, value, canUpdate, update }} onClose={() => setIsOpen(false)} />
  const shown = value === null ? <span className="text-faint">{canUpdate ? t('records.add') : '—'}</span> : <ValueText field={field} value={value} />
  const isLink = field.kind === 'relation' && value !== null
  return (
    <FieldRow label={field.label} aside={field.kind === 'url' && typeof value === 'string' && <AddressLink url={value} />}>
      {canUpdate ? (
        <div className="flex items-start gap-1">
          {isLink && <span className="min-w-0 flex-1 px-1 py-1">{shown}</span>}
          <button
            type="button"
            aria-label={t('records.editField', { field: field.label })}
            title={field.help ?? undefined}
            onClick={() => setIsOpen(true)}
            className={
              isLink
                ? 'min-h-7.5 rounded-md px-2 py-1 text-xs text-muted hover:bg-hover hover:text-ink'
                : '-mx-1 min-h-7.5 w-full rounded-md px-2 py-1 text-left break-words whitespace-pre-wrap hover:bg-hover'
            }
          >
            {isLink ? t('fields.change') : shown}
          </button>
        </div>
      ) : (
        <div title={field.formula === null ? undefined : t('fields.formula.computed')} className="px-1 py-1 break-words whitespace-pre-wrap">
          {shown}
        </div>
      )}
    </FieldRow>
  )
}

/** Enter or leaving saves, Esc takes back. */
function RowForm({ field, value, update, onClose }: WithUpdate & { onClose: () => void }) {
  const { t, i18n } = useTranslation()
  const begin = draftOf(field, value, usualCurrency(i18n.language))
  const [draft, setDraft] = useState<Draft>(begin)
  const next = valueOf(field, draft)
  const cancel = () => {
    update.reset()
    onClose()
  }
  const save = (event?: FormEvent) => {
    event?.preventDefault()
    if (update.isPending || next === undefined) return
    if (isSameDraft(draft, begin)) return onClose()
    update.mutate({ custom: { [field.id]: next } }, { onSuccess: onClose })
  }
  return (
    <FieldRow label={field.label} problem={next === undefined ? t(`fields.wrong.${field.kind}`) : update.error && explain(update.error, t)}>
      <form
        onSubmit={save}
        onBlur={({ currentTarget, relatedTarget }) => !currentTarget.contains(relatedTarget) && save()}
        onKeyDown={(event) => {
          event.stopPropagation()
          if (event.key === 'Escape') cancel()
          // Selects and boxes do not send their form.
          if (event.key === 'Enter' && !event.defaultPrevented) save(event)
        }}
      >
        <ValueInput field={field} draft={draft} isFocused isWrong={next === undefined} onChange={setDraft} />
        {field.help && <p className="pt-1 text-xs text-faint">{field.help}</p>}
      </form>
    </FieldRow>
  )
}

/** Only what a browser may open: the server lets no other scheme in. */
const AddressLink = ({ url }: { url: string }) => {
  const { t } = useTranslation()
  return (
    <a
      href={url}
      target="_blank"
      rel="noopener noreferrer nofollow"
      aria-label={t('companies.openWebsite')}
      className="flex size-7.5 shrink-0 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-ink"
    >
      <ArrowUpRight aria-hidden className="size-3.5" />
    </a>
  )
}
