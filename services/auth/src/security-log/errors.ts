import { defineError } from '@ai-crm/platform'

export const rangeTooLong = defineError(
  'auth.security_log.range_invalid',
  400,
  (maxDays: number) => `Export at most ${maxDays} days at once, and an end after the beginning.`,
  () => ({ fields: [{ field: 'query/to', message: 'Out of range' }] }),
)
