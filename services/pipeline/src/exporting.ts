import { exportOf } from '@ai-crm/platform'
import type { Tables } from './tables.ts'

/** What of an organisation's archive is pipeline's. */
export const exporting = exportOf<Tables>()({
  tables: {
    pipeline: { columns: ['id', 'name', 'position', 'lostReasons', 'archivedAt', 'version', 'createdAt', 'updatedAt'] },
    stage: {
      columns: ['id', 'pipelineId', 'name', 'kind', 'position', 'probability', 'color', 'rottingDays', 'rules', 'retiredInto', 'retiredAt'],
    },
  },
})
