import type { Job } from '@ai-crm/platform'
import { z } from 'zod'

/** Runs `mailReset`. */
export const sendResetMail: Job<{ email: string }> = { name: 'auth.send-reset-mail', payload: z.object({ email: z.string() }) }

/** Runs `mailNewAddress`. */
export const sendNewAddressMail: Job<{ userId: string; newEmail: string }> = {
  name: 'auth.send-new-address-mail',
  payload: z.object({ userId: z.uuid(), newEmail: z.string() }),
}
