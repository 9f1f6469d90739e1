import { auth } from '../ctx.ts'
import { purgeExpired } from './purge-expired.ts'

export const purgeExpiredHourly = auth.scheduled({ name: 'auth.purge-expired', schedule: '23 * * * *', handle: purgeExpired })
