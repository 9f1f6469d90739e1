import {
  aiSagaAnswered,
  authSagaRequested,
  messagingSagaAnswered,
  organizationProvisioned,
  organizationProvisioningFailed,
} from '@ai-crm/contracts'
import { auth } from '../ctx.ts'
import { Founding } from './founding.ts'
import { undoFounding } from './undo-founding.ts'

/**
 * Person and organisation exist with the start of the saga; the others follow, and either all do or nobody is left with
 * half of it. Services that come later add their step here.
 */
export const provisionOrganization = auth.saga<Founding>({
  name: 'auth.provision-organization',
  input: Founding,
  steps: ['messaging.open-channel', 'ai.prepare-settings'],
  order: 'in-turn',
  stepTimeoutMs: ({ config }) => config.SETUP_TIMEOUT_SECONDS * 1_000,
  requested: authSagaRequested,
  answered: [messagingSagaAnswered, aiSagaAnswered],
  async whenDone({ db, emit, organizationId }) {
    await db.updateTable('organization').set({ isSettingUp: false }).execute()
    await emit(organizationProvisioned({ organizationId }))
  },
  async undo(scope, founding, reason) {
    await scope.emit(organizationProvisioningFailed({ organizationId: scope.organizationId, reason }))
    await undoFounding(scope, founding)
  },
})
