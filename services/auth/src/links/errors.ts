import { defineError } from '@ai-crm/platform'

/** One answer for a link that never was, was used, or is too old. */
export const linkOver = defineError('auth.link.over', 410, () => 'This link was used already or is too old. Ask for a new one.')
