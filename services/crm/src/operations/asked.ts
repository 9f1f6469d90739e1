import { CompaniesChange, ContactsChange, DealsChange, type ListRecord, type StartOperation } from '@ai-crm/contracts'
import { z } from 'zod'

/** What a job does to each record, as it stands in `operation.asked`. */
export const Asked = z.discriminatedUnion('do', [
  z.object({ do: z.literal('change'), set: z.record(z.string(), z.unknown()) }),
  z.object({ do: z.literal('delete') }),
  z.object({ do: z.literal('restore'), withoutTaken: z.boolean() }),
  /** Each record's own versions stand beside it. */
  z.object({ do: z.literal('undo') }),
])
export type Asked = z.infer<typeof Asked>

/** The fields of a change, of the kind of record that it is about. */
export const CHANGES = { contact: ContactsChange, company: CompaniesChange, deal: DealsChange } as const

export const actionOf = ({ action }: StartOperation): Asked => action

const isTagsOnly = ({ tags: _tags, ...others }: { tags?: unknown }): boolean => Object.values(others).every((value) => value === undefined)

/** How it is called on the screen. */
export const kindOf = (asked: Asked): 'change' | 'tag' | 'delete' | 'restore' | 'undo' => (asked.do === 'change' && isTagsOnly(asked.set) ? 'tag' : asked.do)

/** Whether a change names anything at all. */
export function isNothing(record: ListRecord, set: Readonly<Record<string, unknown>>): boolean {
  const { tags, custom, ...others } = CHANGES[record].parse(set)
  const hasFields = Object.values(others).some((value) => value !== undefined)
  return !hasFields && Object.keys(custom ?? {}).length === 0 && tags.add.length === 0 && tags.remove.length === 0
}
