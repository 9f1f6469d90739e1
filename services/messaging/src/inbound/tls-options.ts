import { readFile } from 'node:fs/promises'
import { createSecureContext } from 'node:tls'
import type { SMTPServerOptions } from 'smtp-server'
import type { PublicCtx } from '../ctx.ts'

type TlsConfig = Pick<PublicCtx['config'], 'SMTP_STARTTLS' | 'SMTP_STARTTLS_REQUIRED' | 'SMTP_TLS_CERT' | 'SMTP_TLS_KEY'>

/** Whether STARTTLS is offered, and with what. Throws, naming the variable, on files that cannot be used. */
export async function tlsOptions(config: TlsConfig): Promise<SMTPServerOptions> {
  if (config.SMTP_STARTTLS_REQUIRED && !config.SMTP_STARTTLS) throw new Error('SMTP_STARTTLS_REQUIRED needs SMTP_STARTTLS.')
  if (!config.SMTP_STARTTLS) return { disabledCommands: ['AUTH', 'STARTTLS'] }
  const { SMTP_TLS_CERT: certFile, SMTP_TLS_KEY: keyFile } = config
  if (!certFile || !keyFile) throw new Error('SMTP_STARTTLS needs SMTP_TLS_CERT and SMTP_TLS_KEY.')
  const [cert, key] = await Promise.all([read('SMTP_TLS_CERT', certFile), read('SMTP_TLS_KEY', keyFile)])
  try {
    // smtp-server would notice at the first handshake only, and offer its own test certificate meanwhile.
    createSecureContext({ cert, key })
  } catch (error) {
    throw new Error('SMTP_TLS_CERT and SMTP_TLS_KEY are no certificate with its key (PEM).', { cause: error })
  }
  return { disabledCommands: ['AUTH'], cert, key }
}

async function read(variable: string, file: string): Promise<Buffer> {
  try {
    return await readFile(file)
  } catch (error) {
    throw new Error(`${variable} names a file that cannot be read.`, { cause: error })
  }
}
