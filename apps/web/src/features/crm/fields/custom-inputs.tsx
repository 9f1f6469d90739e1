import type { Field, GivenCustom } from '@ai-crm/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { explainField } from '../../../lib/api/explain.ts'
import { useFieldRules } from '../../../lib/session/session-store.ts'
import { Field as FormField } from '../../../ui/field.tsx'
import { usualCurrency } from '../deals/currencies.ts'
import { draftOf, valueOf, type Draft } from './draft.ts'
import { useFields } from './queries.ts'
import { ValueInput } from './value-input.tsx'

/** Values of some fields while a form asks for them. */
export interface CustomForm {
  readonly fields: readonly Field[]
  /** Null while something is no value of its field, or missing. */
  readonly custom: GivenCustom | null
  draftFor: (field: Field) => Draft
  set: (field: Field, draft: Draft) => void
  /** From now on it is said what is missing. */
  show: () => void
  readonly isShown: boolean
  /** Empty again, as for the next record. */
  clear: () => void
}

export function useCustomForm(fields: readonly Field[]): CustomForm {
  const { i18n } = useTranslation()
  const [drafts, setDrafts] = useState<Readonly<Record<string, Draft>>>({})
  const [isShown, setIsShown] = useState(false)
  const draftFor = (field: Field): Draft => drafts[field.id] ?? draftOf(field, null, usualCurrency(i18n.language))
  const values = fields.map((field) => [field.id, valueOf(field, draftFor(field))] as const)
  const isComplete = values.every(([, value]) => value !== undefined && value !== null)
  return {
    fields,
    custom: isComplete ? Object.fromEntries(values.map(([id, value]) => [id, value ?? null])) : null,
    draftFor,
    set: (field, draft) => setDrafts({ ...drafts, [field.id]: draft }),
    show: () => setIsShown(true),
    isShown,
    clear: () => {
      setDrafts({})
      setIsShown(false)
    },
  }
}

/** The fields that whoever makes a record has to give, as far as their role lets them. */
export function useRequiredForm(record: Field['record']): CustomForm {
  const rules = useFieldRules(record)
  return useCustomForm(useFields(record).filter(({ id, isRequired }) => isRequired && !rules[`custom.${id}`]))
}

/** Inputs of a form for these fields, each with its name, its help and its problem. */
export function CustomInputs({ form, error }: { form: CustomForm; error: Error | null }) {
  const { t } = useTranslation()
  return form.fields.map((field) => {
    const draft = form.draftFor(field)
    const value = valueOf(field, draft)
    const isMissing = form.isShown && value === null
    const problem = value === undefined ? t(`fields.wrong.${field.kind}`) : isMissing ? t('fields.missing') : explainField(error, `custom/${field.id}`, t)
    return (
      <FormField key={field.id} label={field.label} hint={field.help} error={problem}>
        {(props) => (
          <ValueInput
            field={field}
            draft={draft}
            id={props.id}
            describedBy={props['aria-describedby']}
            isRequired
            isWrong={problem !== undefined}
            onChange={(next) => form.set(field, next)}
          />
        )}
      </FormField>
    )
  })
}
