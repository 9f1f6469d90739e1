import { operatorsOf, type FilterCondition } from '@ai-crm/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui/button.tsx'
import { Choice } from '../../../ui/field.tsx'
import type { Colleague } from '../records/owner-field.tsx'
import { operatorLabel } from './describe-condition.ts'
import { FieldChoice } from './field-choice.tsx'
import type { OfferedField } from './offered-fields.ts'
import { typedOf, valueOf, ValueField, type Typed } from './value-field.tsx'

interface ConditionFormProps {
  offered: readonly OfferedField[]
  members: readonly Colleague[]
  /** What is changed; absent: a new one. */
  condition?: FilterCondition
  onApply: (condition: FilterCondition) => void
}

/** Field, question, value: one condition. */
export function ConditionForm({ offered, members, condition, onApply }: ConditionFormProps) {
  const { t, i18n } = useTranslation()
  const [path, setPath] = useState(condition?.field ?? offered[0]?.path ?? '')
  const { field, isMany } = offered.find((one) => one.path === path) ?? { field: null, isMany: false }
  const operators = field ? operatorsOf(field) : []
  const [chosen, setOp] = useState(condition?.op)
  const op = operators.find((one) => one === chosen) ?? operators[0]
  const [typed, setTyped] = useState<Typed>(field && condition ? typedOf(field, condition.value) : [])
  const [match, setMatch] = useState(condition?.match ?? 'any')
  if (!field || !op) return null
  const value = valueOf(field, op, typed, i18n.language)
  const choose = (next: string) => {
    setPath(next)
    setTyped([])
  }
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        event.stopPropagation()
        if (value === null) return
        onApply({ field: path, op, ...(value === undefined ? {} : { value }), ...(isMany && match === 'none' ? { match } : {}) })
      }}
    >
      <FieldChoice offered={offered} value={path} onChange={choose} />
      {isMany && (
        <Choice
          label={t('lists.match')}
          value={match}
          options={(['any', 'none'] as const).map((one) => ({ value: one, label: t(`lists.matches.${one}`) }))}
          onChange={setMatch}
        />
      )}
      <Choice label={t('lists.operator')} value={op} options={operators.map((one) => ({ value: one, label: operatorLabel(t, field, one) }))} onChange={setOp} />
      {value !== undefined && <ValueField field={field} op={op} typed={typed} members={members} onChange={setTyped} />}
      <Button kind="primary" type="submit" disabled={value === null} className="self-end">
        {t('lists.apply')}
      </Button>
    </form>
  )
}
