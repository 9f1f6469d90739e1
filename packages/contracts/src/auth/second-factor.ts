import { z } from 'zod'
import { Instant } from '../core/page.ts'

/** What can be asked for after the password. */
export const SecondFactor = z.enum(['totp', 'passkey', 'recovery-code'])
export type SecondFactor = z.infer<typeof SecondFactor>

/** The password was right, but nobody is signed in yet: answer `challenge` with one of `methods`, from the same device. */
export const SecondFactorNeeded = z.object({
  status: z.literal('second-factor-needed'),
  challenge: z.string(),
  expiresAt: Instant,
  methods: z.array(SecondFactor).max(3),
})
export type SecondFactorNeeded = z.infer<typeof SecondFactorNeeded>
