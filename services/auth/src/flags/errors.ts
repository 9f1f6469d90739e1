import { defineError } from '@ai-crm/platform'

export const operatorsOnly = defineError(
  'auth.flag.operators_only',
  403,
  (_flag: string) => 'Only the operator of the installation decides about this.',
  (flag) => ({
    context: { flag },
  }),
)

export const onlyOff = defineError(
  'auth.flag.only_off',
  400,
  () => 'An organisation can switch this off, or follow the installation.',
  () => ({ fields: [{ field: '/isOn', message: 'Must be false or null' }] }),
)

export const exceptionNeedsOrganizations = defineError(
  'auth.flag.no_exception',
  400,
  () => 'This is asked before an organisation is known: it is on or off for everybody.',
)

export const shareNeedsOrganizations = defineError(
  'auth.flag.no_share',
  400,
  () => 'This is asked before an organisation is known: it is on or off for everybody.',
  () => ({ fields: [{ field: '/percentage', message: 'Must be null' }] }),
)
