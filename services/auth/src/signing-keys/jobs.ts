import { auth } from '../ctx.ts'
import { rotateSigningKeys } from './rotate-signing-keys.ts'

export const rotateSigningKeysDaily = auth.scheduled({ name: 'auth.rotate-signing-keys', schedule: '17 3 * * *', handle: rotateSigningKeys })
