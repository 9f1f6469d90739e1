import {
  CUSTOM_PREFIX,
  customListField,
  LIST_FIELDS,
  LIST_RELATIONS,
  rulesWithin,
  type Field,
  type FieldRule,
  type ListField,
  type ListRecord,
  type Me,
  type Pipeline,
  type Tag,
} from '@ai-crm/contracts'
import i18next, { type TFunction } from 'i18next'
import { pipelineName, stageLabel, stagesIn } from '../../../lib/pipelines/stages.ts'
import { zoneName, zonesByName } from '../../../lib/time/zone-name.ts'
import { languageName, offeredLanguages } from '../person/languages.ts'

/** A field of a list; of a custom one also what it is called and what its options are, of tags and of stages which there are. */
export type ShownField = ListField & { readonly custom?: Field; readonly tags?: readonly Tag[]; readonly pipelines?: readonly Pipeline[] }

/** A field with the key by which the list of another record names it: `company.industry`. */
export interface OfferedField {
  readonly path: string
  readonly field: ShownField
  readonly record: ListRecord
  readonly relation: string | null
  readonly isMany: boolean
}

/** What an organisation has made its own. */
export interface Kept {
  readonly customs: readonly Field[]
  readonly tags: readonly Tag[]
  readonly pipelines: readonly Pipeline[]
}

export const NOTHING_KEPT: Kept = { customs: [], tags: [], pipelines: [] }

export type Reader = Pick<Me, 'fields' | 'permissions'>

/** What of a kind of record the reader can filter by: its own fields and those of related records, without what their role hides. */
export function offeredFields(record: ListRecord, me: Reader, { customs, tags, pipelines }: Kept): OfferedField[] {
  const isHidden = (of: ListRecord, key: string) => hides(me.fields[of], of, key)
  const customOf = (kind: ListRecord) => customs.filter((field) => field.record === kind && !isHidden(kind, `${CUSTOM_PREFIX}${field.id}`))
  const of = (kind: ListRecord): ShownField[] => [
    ...LIST_FIELDS[kind].filter(({ key }) => !isHidden(kind, key)).map((field) => offered(field, tags, pipelines)),
    ...customOf(kind).map((custom) => ({ ...customListField(custom), custom })),
  ]
  const own = of(record).map((field) => ({ path: field.key, field, record, relation: null, isMany: false }))
  const related = LIST_RELATIONS[record]
    .filter(({ to, through }) => me.permissions.includes(`crm.${to}.read`) && !(through && isHidden(through.record, through.field)))
    .flatMap(({ key, to, isMany }) => of(to).map((field) => ({ path: `${key}.${field.key}`, field, record: to, relation: key, isMany })))
  return [...own, ...related]
}

/** Of what the contract names no values for, those that the organisation has or the browser knows. */
function offered(field: ListField, tags: readonly Tag[], pipelines: readonly Pipeline[]): ShownField {
  if (field.key === 'tagIds') return { ...field, options: tags.map(({ id }) => id), tags }
  if (field.key === 'stage') return { ...field, options: stagesIn(pipelines).map(({ id }) => id), pipelines }
  if (field.key === 'pipelineId') return { ...field, options: pipelines.map(({ id }) => id), pipelines }
  if (field.key === 'timeZone') return { ...field, options: zonesByName(i18next.language) }
  return field.key === 'language' ? { ...field, options: offeredLanguages() } : field
}

const hides = (rules: Readonly<Record<string, FieldRule>> | undefined, record: ListRecord, key: string): boolean => rulesWithin(record, rules)[key] === 'hidden'

export function fieldLabel(t: TFunction, record: ListRecord, { key, custom }: Pick<ShownField, 'key' | 'custom'>): string {
  if (custom) return custom.label
  // A contact has what was written of the company, too.
  if (record === 'contact' && key === 'companyId') return t('lists.companyCard')
  return record === 'company' && key === 'name' ? t('lists.companyName') : t(`lists.fields.${key}`, key)
}

export function offeredLabel(t: TFunction, { record, field, relation }: OfferedField): string {
  const label = fieldLabel(t, record, field)
  return relation === null ? label : t('lists.related', { relation: relationLabel(t, relation), field: label })
}

export const relationLabel = (t: TFunction, key: string): string => t(`lists.relations.${key}`, key)

/** What a value of a select is called. */
export function optionLabel(t: TFunction, { key, custom, tags, pipelines = [] }: ShownField, option: string): string {
  if (tags) return tags.find(({ id }) => id === option)?.name ?? t('lists.goneTag')
  if (custom) return custom.options.find(({ id }) => id === option)?.label ?? option
  if (key === 'stage') return stageLabel(t, pipelines, option)
  if (key === 'pipelineId') return pipelineName(t, pipelines.find(({ id }) => id === option) ?? { name: t('pipelines.former') })
  if (key === 'stageKind') return t(`pipelines.kinds.${option}`, option)
  if (key === 'preferredChannel') return t(`person.channels.${option}`, option)
  if (key === 'consent') return t(`person.consents.${option}`, option)
  if (key === 'language') return languageName(option, i18next.language)
  if (key === 'timeZone') return zoneName(option, i18next.language)
  if (key === 'source') return t(`contacts.source.${option}`, option)
  return key === 'size' ? t('companies.people', { range: option }) : option
}
