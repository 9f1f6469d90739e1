import { defineError, type FieldError } from '@ai-crm/platform'

/** Each problem names its place in the filter, as in `query/filter/all/2/value`. */
export const filterInvalid = defineError(
  'crm.list.filter_invalid',
  400,
  (problems: readonly FieldError[]) => `The filter cannot be understood: ${problems[0]?.message ?? 'it has another form'}.`,
  (problems) => ({ fields: problems }),
)

export const notSortable = defineError(
  'crm.list.not_sortable',
  400,
  (field: string, _sortable: readonly string[], _place: string) => `Lists cannot be sorted by "${field}".`,
  (_field, sortable, place) => ({ fields: [{ field: place, message: `One of: ${sortable.join(', ')}` }] }),
)

export const unknownZone = defineError(
  'crm.list.zone_unknown',
  400,
  () => 'This time zone is not known.',
  () => ({ fields: [{ field: 'query/zone', message: 'A name of the IANA database, such as Europe/Moscow' }] }),
)

export const notSummable = defineError(
  'crm.list.not_summable',
  400,
  (field: string, _place: string) => `"${field}" cannot be summed or grouped by.`,
  (_field, place) => ({
    fields: [{ field: place, message: 'Numbers, amounts and dates are summed; selects, tags, people, relations, checkboxes and dates group' }],
  }),
)

export const listTooSlow = defineError(
  'crm.list.too_slow',
  422,
  () => 'This filter has to read too many records. Add a condition that fewer records meet, such as an owner or a time, or use the search.',
  () => ({ fields: [{ field: 'query/filter', message: 'Reads too many records' }] }),
)
