import { defineError } from '@ai-crm/platform'

export const ownFactors = defineError('auth.factor_reset.own', 409, () => 'You change your own second factors in your security settings.')

export const nothingToReset = defineError(
  'auth.factor_reset.no_factor',
  409,
  () => 'This person has no second factor: a password, or a reset of it, is enough.',
)

export const belongsElsewhere = defineError(
  'auth.factor_reset.elsewhere',
  409,
  () => 'This person’s second factors guard other organisations too. Ask whoever runs this installation.',
)
