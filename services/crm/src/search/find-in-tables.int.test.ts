import { startService } from '@ai-crm/testing'
import service from '../service.ts'
import { conformsAsFinder } from './finder-conformance.ts'

const crm = await startService(service)

conformsAsFinder({ crm, settled: async () => {} })
