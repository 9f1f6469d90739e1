import type { Retention } from '@ai-crm/platform'

export const OPERATION_RETENTION: Retention = {
  table: 'operation',
  column: 'created_at',
  days: 90,
  parts: [
    { table: 'operation_record', of: 'operation_id' },
    { table: 'operation_made', of: 'operation_id' },
  ],
}
