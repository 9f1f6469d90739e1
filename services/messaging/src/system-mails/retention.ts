/** Addresses, states and reasons are kept for a quarter; none is queued for longer than a day, and secrets go with the sending. */
export const SYSTEM_MAIL_RETENTION = { table: 'system_mail', column: 'created_at', days: 90 } as const
