import { defineError } from '@ai-crm/platform'

export const tooManyViews = defineError('crm.view.too_many', 409, (limit: number) => `There are ${limit} views already. Delete one first.`)

export const sharingDenied = defineError(
  'crm.view.sharing_denied',
  403,
  () => 'Your role does not let you share views or change shared ones.',
  () => ({ fields: [{ field: '/isShared', message: 'Your role does not permit this.' }] }),
)

export const recordsDenied = defineError('crm.view.records_denied', 403, () => 'Your role does not let you see these records.')
