// Generated from services/pipeline/migrations by `node tools/generate-tables.ts pipeline`: change those.
import type { Defaulted, Instant } from '@ai-crm/platform'

export interface Tables {
  pipelinex: {
    organizationId: Defaulted<string>
    id: Defaulted<string>
    name: string
    createdAt: Defaulted<Instant>
  }
}
