import { environment, type ProcessConfig } from './config.ts'
import { keptSecret } from './secrets.ts'

export interface Demo {
  readonly email: string
  readonly password: string
  /** Where mail for the demo organisation is taken in. */
  readonly inboundAddress: string
  /** The variables by which the services that take part are told. */
  readonly environment: Readonly<Record<string, string>>
}

export const DEMO_EMAIL = 'demo@crm.localhost'

/**
 * The demo organisation, or null: on by default beside the embedded PostgreSQL only. Its password is made at the
 * first start and kept in the data folder, so that no installation has a password that others know.
 */
export async function prepareDemo(config: ProcessConfig): Promise<Demo | null> {
  const isOn = config.DEMO ? config.DEMO === 'on' : config.DATABASE_URL === undefined
  if (!isOn) return null
  const password = config.DEMO_PASSWORD ?? (await keptSecret(config.DATA_DIR, 'demo-password', 9))
  return {
    email: DEMO_EMAIL,
    password,
    inboundAddress: `demo@${environment()['MAIL_DOMAIN'] ?? 'crm.localhost'}`,
    // Whoever has the password of the demo runs this installation, unless somebody else was named.
    environment: { DEMO_ORGANIZATION: 'true', DEMO_EMAIL, DEMO_PASSWORD: password, OPERATOR_EMAILS: environment()['OPERATOR_EMAILS'] || DEMO_EMAIL },
  }
}
