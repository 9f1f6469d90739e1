import { defineError } from '@ai-crm/platform'

export const teamNameTaken = defineError(
  'auth.team.name_taken',
  409,
  (name: string) => `There is a team called “${name}” already.`,
  () => ({ fields: [{ field: '/name', message: 'Taken' }] }),
)

export const tooManyTeams = defineError('auth.team.too_many', 409, (limit: number) => `An organisation has at most ${limit} teams. Delete one first.`)

export const unknownTeamMember = defineError(
  'auth.team.unknown_member',
  422,
  (_userIds: readonly string[]) => 'Only members of the organisation can be in a team.',
  (userIds) => ({ fields: userIds.map((userId) => ({ field: '/memberIds', message: `${userId} is no member` })) }),
)

export const leadOutside = defineError(
  'auth.team.lead_outside',
  422,
  () => 'Whoever leads a team is one of its members.',
  () => ({ fields: [{ field: '/leadId', message: 'Not in the team' }] }),
)
