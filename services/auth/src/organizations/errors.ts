import { defineError } from '@ai-crm/platform'

export const timeZoneUnknown = defineError(
  'auth.organization.time_zone_unknown',
  422,
  () => 'There is no such time zone.',
  () => ({ fields: [{ field: '/timeZone', message: 'Not a time zone of the IANA database' }] }),
)

/** The kill switch `sign-up`, said to somebody who is signed in. */
export const foundingClosed = defineError(
  'auth.organization.founding_closed',
  403,
  () => 'New organisations cannot be founded here at the moment. Try again later; invitations to others still work.',
)

export const tooManyOrganizations = defineError(
  'auth.organization.too_many',
  409,
  (limit: number) => `One person can belong to ${limit} organisations. Leave one first.`,
)
