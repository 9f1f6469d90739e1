import { defineError } from '@ai-crm/platform'

export const nameTaken = defineError(
  'auth.role.name_taken',
  409,
  (name: string) => `There is a role called “${name}” already.`,
  () => ({ fields: [{ field: '/name', message: 'Taken' }] }),
)

export const tooManyRoles = defineError(
  'auth.role.too_many',
  409,
  (limit: number) => `An organisation has at most ${limit} roles of its own. Delete one first.`,
)

export const unknownPermission = defineError(
  'auth.role.unknown_permission',
  422,
  (name: string) => `There is no permission called “${name}”.`,
  () => ({ fields: [{ field: '/permissions', message: 'Unknown permission' }] }),
)

export const unknownField = defineError(
  'auth.role.unknown_field',
  422,
  (field: string) => `No rule can be made for ${field}.`,
  () => ({ fields: [{ field: '/fields', message: 'Unknown field' }] }),
)

export const notYoursToGrant = defineError(
  'auth.role.not_yours_to_grant',
  403,
  (_missing: readonly string[]) => 'Nobody can grant what they do not have.',
  (missing) => ({ fields: [{ field: '/permissions', message: missing.join(', ') }] }),
)

export const movesToItself = defineError(
  'auth.role.moves_to_itself',
  422,
  () => 'Choose another role for the members of the one that you delete.',
  () => ({ fields: [{ field: '/customRoleId', message: 'The role that is deleted' }] }),
)

export const scopeTooWide = defineError(
  'auth.role.scope_too_wide',
  403,
  (_field: string) => 'Nobody can let others see or change more than they do themselves.',
  (field) => ({ fields: [{ field, message: 'Wider than your own' }] }),
)

export const writesBeyondReading = defineError(
  'auth.role.writes_beyond_reading',
  422,
  (_field: string) => 'A role cannot change records that it cannot see.',
  (field) => ({ fields: [{ field, message: 'Reaches further than reading' }] }),
)

export const needsEveryRecord = defineError(
  'auth.role.needs_every_record',
  422,
  (permissions: readonly string[]) =>
    `${permissions.join(', ')} tells of all records of the organisation, and of all that is in them: let the role see all of that, or take it away.`,
  (permissions) => ({ fields: [{ field: '/permissions', message: permissions.join(', ') }] }),
)
