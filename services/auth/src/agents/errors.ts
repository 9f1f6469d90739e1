import { defineError } from '@ai-crm/platform'

/** One answer for a service whose agent it is not, for somebody who has left, is disabled, belongs elsewhere or never was. */
export const agentRefused = defineError(
  'auth.agent.refused',
  403,
  () => 'Nothing acts for this person here: they do not belong to the organisation, or not any more.',
)
