import { CUSTOM_PREFIX, customFieldIdOf, type CustomValue, type ImportSettings } from '@ai-crm/contracts'
import type { FieldRow } from '../fields/field.ts'
import { customCell } from './custom-cell.ts'
import type { Draft, NamedRecord } from './draft.ts'
import { readSeveral } from '../several-in-cell.ts'
import type { NumberStyle } from './values.ts'
import type { KnownStage } from './stage-names.ts'

export interface DraftingContext {
  readonly settings: ImportSettings
  readonly fields: readonly FieldRow[]
  readonly people: ReadonlyMap<string, string>
  readonly stages: readonly KnownStage[]
  /** How many columns have headings. */
  readonly width: number
  readonly numbers: NumberStyle
}

/** Longer than any name or address of a record. */
const MAX_CALLED = 320

/** True, or the code of what is wrong with a cell. */
export type Taken = true | string

/** Takes the cells of one row, each for the field that its column is, and makes a record of them. */
export interface CellTaker {
  /** `given`: as complaints show the cell. */
  take(field: string, text: string, given: string): Taken
  /** A draft, or the code of what is wrong with the row. */
  made(): Draft | string
}

/** What any record can have. */
export class CommonCells {
  readonly #context: DraftingContext
  readonly #limits: Readonly<Record<string, number>>
  readonly #texts = new Map<string, string>()
  readonly tags: string[] = []
  readonly custom: Record<string, CustomValue> = {}
  readonly named: NamedRecord[] = []
  ownerId: string | null = null

  /** `limits`: of the texts that the record has. */
  constructor(context: DraftingContext, limits: Readonly<Record<string, number>>) {
    this.#context = context
    this.#limits = limits
  }

  text(field: string): string | null {
    return this.#texts.get(field) ?? null
  }

  take(field: string, text: string, given: string): Taken {
    const customId = customFieldIdOf(field)
    if (customId !== null) return this.#takeCustom(customId, text, given)
    if (field === 'tags') return this.#takeTags(text)
    if (field === 'owner') return this.#takeOwner(text)
    const limit = this.#limits[field]
    if (limit === undefined) return 'crm.import.value_invalid'
    const before = field === 'note' ? this.#texts.get('note') : undefined
    const whole = before === undefined ? text : `${before}\n${text}`
    if (whole.length > limit) return 'crm.import.text_too_long'
    this.#texts.set(field, whole)
    return true
  }

  #takeTags(text: string): Taken {
    for (const tag of readSeveral(text)) {
      if (tag.length > 60) return 'crm.import.text_too_long'
      if (this.tags.every((known) => known.toLowerCase() !== tag.toLowerCase())) this.tags.push(tag)
    }
    return this.tags.length > 40 ? 'crm.import.too_many_tags' : true
  }

  #takeOwner(text: string): Taken {
    this.ownerId = this.#context.people.get(text.toLowerCase()) ?? null
    return this.ownerId === null ? 'crm.import.owner_unknown' : true
  }

  #takeCustom(id: string, text: string, given: string): Taken {
    const { fields, settings } = this.#context
    const field = fields.find((one) => one.id === id)
    if (field?.relatesTo) return this.#takeNamed({ fieldId: id, record: field.relatesTo, text, column: settings.fields.indexOf(CUSTOM_PREFIX + id), given })
    const value = field && customCell(field, text, { ...this.#context, dates: settings.dates })
    if (value === null || value === undefined)
      return field?.kind === 'select' || field?.kind === 'multiSelect' ? 'crm.import.option_unknown' : `crm.import.${field?.kind ?? 'value'}_invalid`
    this.custom[id] = value
    return true
  }

  #takeNamed(named: NamedRecord): Taken {
    if (named.text.length > MAX_CALLED) return 'crm.import.text_too_long'
    this.named.push(named)
    return true
  }
}
