import { hash, verify, type Options } from '@node-rs/argon2'
import { bulkhead, isBulkheadRejectedError } from 'cockatiel'
import { passwordsBusy } from './errors.ts'

/** OWASP Password Storage: Argon2id (the library's default kind) with 19 MiB, two passes, one lane. */
const PARAMETERS: Options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/**
 * What is verified when there is no such account or no password: the same work, the same answer (reliability 5.25).
 * The hash of 32 random bytes that nobody has.
 */
export const NOBODYS_HASH = '$argon2id$v=19$m=19456,t=2,p=1$SdwGGq2DCE/yRd+XMmKDXw$q9D7EJ1AvKTQfQE2hL2bbIBpq+ef4I2D0rvNthXh0gA'

/** Hashing runs in libuv's four threads, 19 MiB each: two at a time leave room for files and names; 64 may wait. */
const slots = bulkhead(2, 64)

/** Unicode has several spellings for one and the same text (NIST SP 800-63B: normalise before hashing). */
const normalise = (password: string): string => password.normalize('NFKC')

async function inSlot<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await slots.execute(work)
  } catch (error) {
    throw isBulkheadRejectedError(error) ? passwordsBusy() : error
  }
}

/** PHC string of the password; off the event loop. Throws `passwordsBusy` (503) when too many wait. */
export const hashPassword = (password: string): Promise<string> => inSlot(() => hash(normalise(password), PARAMETERS))

/** Whether the password belongs to the hash; null is "no such account" and takes as long. */
export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  const isRight = await inSlot(() => verify(passwordHash ?? NOBODYS_HASH, normalise(password)))
  return isRight && passwordHash !== null
}
