import { auth } from '../ctx.ts'
import { checkSecurityLogs } from './check-security-logs.ts'

export const checkSecurityLogsDaily = auth.scheduled({
  name: 'auth.check-security-logs',
  schedule: '41 2 * * *',
  timeoutMs: 30 * 60_000,
  handle: checkSecurityLogs,
})
