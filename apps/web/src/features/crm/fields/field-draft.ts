import { OPTION_COLORS, type CustomFieldKind, type DealStage, type Field, type FieldRecord, type OptionColor } from '@ai-crm/contracts'

/** An option while it is edited; `key` tells rows apart that are not stored yet. */
export interface OptionDraft {
  readonly key: string
  readonly id?: string
  readonly label: string
  readonly color: OptionColor
}

/** A definition while it is edited. */
export interface FieldDraft {
  readonly label: string
  readonly kind: CustomFieldKind
  readonly help: string
  readonly options: readonly OptionDraft[]
  readonly isRequired: boolean
  readonly requiredStages: readonly DealStage[]
  readonly relatesTo: FieldRecord
  /** Empty: the usual one. */
  readonly currency: string
}

export const newOption = (count: number): OptionDraft => ({
  key: crypto.randomUUID(),
  label: '',
  color: OPTION_COLORS[count % OPTION_COLORS.length] ?? 'gray',
})

export const draftOfField = (field: Field | null): FieldDraft => ({
  label: field?.label ?? '',
  kind: field?.kind ?? 'text',
  help: field?.help ?? '',
  options: field?.options.filter(({ isArchived }) => !isArchived).map(({ id, label, color }) => ({ key: id, id, label, color })) ?? [newOption(0)],
  isRequired: field?.isRequired ?? false,
  requiredStages: field?.requiredStages ?? [],
  relatesTo: field?.relatesTo ?? 'company',
  currency: field?.currency ?? '',
})

/** What is told of the draft; rows without a name are none. */
export function toUpdate({ label, kind, help, options, isRequired, requiredStages, currency }: FieldDraft) {
  const hasOptions = kind === 'select' || kind === 'multiSelect'
  const given = options.filter((option) => option.label.trim() !== '')
  return {
    label: label.trim(),
    help: help.trim() || null,
    ...(hasOptions ? { options: given.map(({ id, label: name, color }) => ({ ...(id ? { id } : {}), label: name.trim(), color })) } : {}),
    isRequired,
    requiredStages: [...requiredStages],
    currency: kind === 'money' ? currency || null : null,
  }
}
