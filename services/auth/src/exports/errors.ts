import { defineError } from '@ai-crm/platform'

export const exportRunning = defineError('auth.export.running', 409, () => 'An export is running already. Wait for it, or cancel it.')

export const exportNotReady = defineError('auth.export.not_ready', 409, () => 'There is no archive to download: it is not ready yet, or was deleted.')

/** One answer for whatever is wrong with a link. */
export const downloadLinkOver = defineError(
  'auth.export.link_over',
  404,
  () => 'This link was used already, or is too old. Press the download button on the settings page again.',
)

export const organizationLeaves = defineError('auth.export.organization_erased', 409, () => 'The organisation is being erased: it is too late to export it.')
