import type { Job } from '@ai-crm/platform'
import { z } from 'zod'

/** `device` is the digest, in hex, of the browser that signed up. Runs `mailSignUp`. */
export const sendSignUpMail: Job<{ email: string; device: string }> = {
  name: 'auth.send-sign-up-mail',
  payload: z.object({ email: z.string(), device: z.string() }),
}
