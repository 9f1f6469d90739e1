import { defineError } from '@ai-crm/platform'

/** The kill switch `sign-up`. The same for every address, before anything is looked at. */
export const signUpClosed = defineError(
  'auth.sign_up.closed',
  403,
  () => 'New accounts cannot be opened here at the moment. Invitations still work; try again later.',
)

/** Said only to whoever has the link: another browser than the one that signed up must know what it chose. */
export const passwordNeeded = defineError(
  'auth.sign_up.password_needed',
  403,
  () => 'You opened the link in another browser than the one you signed up in. Type the password that you chose.',
  () => ({ fields: [{ field: '/password', message: 'Type the password that you chose when you signed up.' }] }),
)
