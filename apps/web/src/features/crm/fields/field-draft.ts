import { OPTION_COLORS, type CustomFieldKind, type Field, type FieldRecord, type OptionColor } from '@ai-crm/contracts'
import { withKeys, withLabels, type NamedField } from './formula-text.ts'

/** An option while it is edited; `key` tells rows apart that are not stored yet. */
export interface OptionDraft {
  readonly key: string
  readonly id?: string
  readonly label: string
  readonly color: OptionColor
}

/** A formula is chosen like a kind, though it gives one of the others. */
export type DraftKind = CustomFieldKind | 'formula'

/** A definition while it is edited. */
export interface FieldDraft {
  readonly label: string
  readonly kind: DraftKind
  readonly help: string
  readonly options: readonly OptionDraft[]
  readonly isRequired: boolean
  readonly requiredStages: readonly string[]
  readonly relatesTo: FieldRecord
  /** Empty: the usual one. */
  readonly currency: string
  /** As people read it. */
  readonly formula: string
}

export const newOption = (count: number): OptionDraft => ({
  key: crypto.randomUUID(),
  label: '',
  color: OPTION_COLORS[count % OPTION_COLORS.length] ?? 'gray',
})

export const draftOfField = (field: Field | null, named: readonly NamedField[]): FieldDraft => ({
  label: field?.label ?? '',
  kind: field && field.formula !== null ? 'formula' : (field?.kind ?? 'text'),
  help: field?.help ?? '',
  options: field?.options.filter(({ isArchived }) => !isArchived).map(({ id, label, color }) => ({ key: id, id, label, color })) ?? [newOption(0)],
  isRequired: field?.isRequired ?? false,
  requiredStages: field?.requiredStages ?? [],
  relatesTo: field?.relatesTo ?? 'company',
  currency: field?.currency ?? '',
  formula: withLabels(field?.formula ?? '', named),
})

/** The formula that is told: as it would be kept. Undefined where it is the one that there is. */
export function changedFormula({ kind, formula }: FieldDraft, field: Field | null, named: readonly NamedField[]): string | undefined {
  if (kind !== 'formula' || (field !== null && formula === draftOfField(field, named).formula)) return undefined
  return withKeys(formula.trim(), named)
}

/** What is told of the draft beside a formula; rows without a name are none. */
export function toUpdate({ label, kind, help, options, isRequired, requiredStages, currency }: FieldDraft) {
  const hasOptions = kind === 'select' || kind === 'multiSelect'
  const given = options.filter((option) => option.label.trim() !== '')
  return {
    label: label.trim(),
    help: help.trim() || null,
    ...(hasOptions ? { options: given.map(({ id, label: name, color }) => ({ ...(id ? { id } : {}), label: name.trim(), color })) } : {}),
    isRequired: kind !== 'formula' && isRequired,
    requiredStages: kind === 'formula' ? [] : [...requiredStages],
    currency: kind === 'money' ? currency || null : null,
  }
}
