import { SERVICE_NAMES } from '@ai-crm/contracts'
import { createLogger } from '@ai-crm/platform'
import { startService, type TestService } from '@ai-crm/testing'
import { startFakeOpenAi, type FakeOpenAi } from '@ai-crm/testing/fakes/openai-server'
import { startWebhookReceiver, type WebhookReceiver } from '@ai-crm/testing/fakes/webhook-receiver'
import { freePort } from '@ai-crm/testing/servers'
import { loadServices } from '../catalog.ts'

/** The whole product in one process, with everything around it that data could leak into. */
export interface CanaryProduct {
  readonly service: TestService
  readonly smtpPort: number
  readonly model: FakeOpenAi
  readonly receiver: WebhookReceiver
  /** Every line of the process log so far, at its finest level. */
  readonly logLines: readonly string[]
}

/** All services but the gateway, which owns nothing and stands before the same routes. */
export async function startCanaryProduct(): Promise<CanaryProduct> {
  const [smtpPort, model, receiver] = [await freePort(), await startFakeOpenAi(), await startWebhookReceiver()]
  const logLines: string[] = []
  // The log as it is in production: what the allow-list lets through.
  const log = createLogger({ level: 'trace', isPretty: false, write: (line) => void logLines.push(line) })
  const [first, ...together] = await loadServices(SERVICE_NAMES.filter((name) => name !== 'gateway'))
  if (!first) throw new Error('There are no services.')
  // As a model that repeats whatever it was given.
  model.answerWith(({ user }) => ({ text: user.slice(-2_000) }))
  const service = await startService(first, {
    together,
    log,
    environment: {
      SMTP_PORT: String(smtpPort),
      SEND_UNDO_SECONDS: '0',
      AI_BASE_URL: model.url,
      AI_DRAFTS_PER_HOUR: '100000',
      EGRESS_ALLOWED_HOSTS: '127.0.0.1',
    },
  })
  return { service, smtpPort, model, receiver, logLines }
}
