import type { Job } from '@ai-crm/platform'
import { z } from 'zod'

/** Runs `mailReset`. */
export const sendResetMail: Job<{ email: string; isSsoEnforced: boolean }> = {
  name: 'auth.send-reset-mail',
  payload: z.object({ email: z.string(), isSsoEnforced: z.boolean().default(false) }),
}

/** Runs `mailNewAddress`. */
export const sendNewAddressMail: Job<{ userId: string; newEmail: string }> = {
  name: 'auth.send-new-address-mail',
  payload: z.object({ userId: z.uuid(), newEmail: z.string() }),
}
