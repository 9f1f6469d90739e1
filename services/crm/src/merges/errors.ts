import { defineError } from '@ai-crm/platform'

export const mergedIntoItself = defineError(
  'crm.merge.itself',
  422,
  () => 'A record cannot be merged into itself.',
  () => ({ fields: [{ field: '/otherId', message: 'The same record' }] }),
)

/** Another organisation's, out of reach, deleted or never there: the same answer. */
export const otherUnknown = defineError(
  'crm.merge.unknown',
  422,
  (_field: '/otherId' | 'query/otherId') => 'There is no such record to merge.',
  (field) => ({ fields: [{ field, message: 'No such record' }] }),
)

/** The other one was changed since it was looked at. */
export const otherChanged = defineError(
  'crm.merge.other_changed',
  409,
  (_currentVersion: number) => 'The other record was changed meanwhile. Look at both again.',
  (currentVersion) => ({ fields: [{ field: '/otherVersion', message: 'Not the newest version' }], context: { currentVersion } }),
)

export const noChoice = defineError(
  'crm.merge.no_choice',
  422,
  (_index: number) => 'There is no such field to choose.',
  (index) => ({ fields: [{ field: `/take/${index}`, message: 'Not a field with one value' }] }),
)

export const tooMuchTogether = defineError(
  'crm.merge.too_much',
  422,
  (field: string, max: number) => `Together they have more than ${max} ${field}. Take some out first.`,
  (field) => ({ fields: [{ field: '/otherId', message: `Too many ${field} together` }] }),
)

export const alreadySeparated = defineError('crm.merge.separated', 409, () => 'This merge was undone already.')

/** What it went into has gone into something else, or was deleted. */
export const survivorGone = defineError('crm.merge.survivor_gone', 409, (isMerged: boolean) =>
  isMerged ? 'The record has been merged itself since. Undo that merge first.' : 'The record has been deleted since. Restore it first.',
)

/** What belongs to one of the two is still on its way, from or to another record. */
export const mergeUnderWay = defineError('crm.merge.under_way', 409, () => 'Another merge of these records is still under way. Try again in a moment.')

/** The address of a record that went into another one leads there. */
export const mergedAway = defineError(
  'crm.record.merged',
  404,
  (_mergedInto: string) => 'This record was merged into another one.',
  (mergedInto) => ({ context: { mergedInto } }),
)
