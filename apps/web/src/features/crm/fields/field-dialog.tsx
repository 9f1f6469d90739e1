import { CustomFieldKind, FIELD_RECORDS, rulesWithin, type Field, type FieldRecord } from '@ai-crm/contracts'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { explainField, isStatus } from '../../../lib/api/explain.ts'
import { useFieldRules } from '../../../lib/session/session-store.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog, DialogActions, DialogBody } from '../../../ui/dialog.tsx'
import { Choice, TextField } from '../../../ui/field.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { currencyOptions } from '../deals/currencies.ts'
import { Demands } from './demands.tsx'
import { changedFormula, draftOfField, toUpdate, type FieldDraft } from './field-draft.ts'
import { FormulaEditor } from './formula-editor.tsx'
import { nameableFields, withKeys } from './formula-text.ts'
import { OptionsEditor } from './options-editor.tsx'
import { useFields } from './queries.ts'
import { useFieldCommands } from './use-field-commands.ts'
import { useFormulaPreview } from './use-formula-preview.ts'

interface FieldDialogProps {
  record: FieldRecord
  /** Null adds a new one. */
  field: Field | null
  onClose: () => void
}

/** Name, kind and what belongs to the kind. Mounted anew for each field. */
export function FieldDialog({ record, field, onClose }: FieldDialogProps) {
  const { t } = useTranslation()
  const formId = useId()
  const rules = rulesWithin(record, useFieldRules(record))
  const named = nameableFields(t, { record, fields: useFields(record), rules, fieldId: field?.id ?? null })
  const [draft, setDraft] = useState<FieldDraft>(() => draftOfField(field, named))
  const isFormula = draft.kind === 'formula'
  const formula = changedFormula(draft, field, named)
  // What the author may not see is theirs to name anew, not to try.
  const isBlind = field?.isHidden === true && formula === undefined
  const tried = useFormulaPreview(record, field?.id ?? null, isFormula && !isBlind ? withKeys(draft.formula.trim(), named) : '')
  const { create, change } = useFieldCommands(onClose)
  const error = create.error ?? change.error
  const set = (part: Partial<FieldDraft>) => setDraft({ ...draft, ...part })
  const save = () => {
    const update = { ...toUpdate(draft), ...(formula === undefined ? {} : { formula }) }
    if (field) return change.mutate({ id: field.id, version: field.version, body: update })
    const kind = draft.kind === 'formula' ? tried.preview?.kind : draft.kind
    if (kind === undefined) return
    create.mutate({ ...update, record, kind, relatesTo: draft.kind === 'relation' ? draft.relatesTo : null })
  }
  return (
    <Dialog title={field ? t('fields.edit') : t(`fields.addTo.${record}`)} isOpen onClose={onClose}>
      <DialogBody>
        {error && (isStatus(error, 412) ? <p role="alert">{t('fields.newer')}</p> : <ProblemNote error={error} />)}
        <form
          id={formId}
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault()
            save()
          }}
        >
          <TextField
            label={t('fields.label')}
            required
            maxLength={100}
            value={draft.label}
            error={explainField(error, 'label', t)}
            onChange={({ target }) => set({ label: target.value })}
          />
          <KindChoice draft={draft} isFixed={field !== null} set={set} />
          {isFormula && <FormulaEditor text={draft.formula} onChange={(formula) => set({ formula })} fields={named} isBlind={isBlind} {...tried} />}
          {(draft.kind === 'select' || draft.kind === 'multiSelect') && <OptionsEditor options={draft.options} onChange={(options) => set({ options })} />}
          <TextField
            label={t('fields.help')}
            hint={t('fields.helpHint')}
            maxLength={500}
            value={draft.help}
            onChange={({ target }) => set({ help: target.value })}
          />
          {!isFormula && <Demands record={record} draft={draft} set={set} />}
        </form>
      </DialogBody>
      <DialogActions>
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button kind="primary" type="submit" form={formId} disabled={formula !== undefined && !tried.isCurrent} isBusy={create.isPending || change.isPending}>
          {field ? t('common.save') : t('fields.add')}
        </Button>
      </DialogActions>
    </Dialog>
  )
}

interface KindChoiceProps {
  draft: FieldDraft
  /** The kind of a field stays: its values are of that kind. */
  isFixed: boolean
  set: (part: Partial<FieldDraft>) => void
}

function KindChoice({ draft, isFixed, set }: KindChoiceProps) {
  const { t } = useTranslation()
  const kinds = ([...CustomFieldKind.options, 'formula'] as const).map((value) => ({
    value,
    label: `${t(`fields.kinds.${value}`)} — ${t(`fields.examples.${value}`)}`,
  }))
  return (
    <>
      <Choice
        label={t('fields.kind')}
        hint={isFixed ? t('fields.kindStays') : undefined}
        value={draft.kind}
        options={kinds}
        disabled={isFixed}
        onChange={(kind) => set({ kind })}
      />
      {draft.kind === 'relation' && (
        <Choice
          label={t('fields.relatesTo')}
          value={draft.relatesTo}
          options={FIELD_RECORDS.map((value) => ({ value, label: t(`fields.records.${value}`) }))}
          disabled={isFixed}
          onChange={(relatesTo) => set({ relatesTo })}
        />
      )}
      {draft.kind === 'money' && (
        <Choice
          label={t('fields.currency')}
          value={draft.currency}
          options={[{ value: '', label: t('fields.usualCurrency') }, ...currencyOptions(draft.currency || null)]}
          onChange={(currency) => set({ currency })}
        />
      )}
    </>
  )
}
