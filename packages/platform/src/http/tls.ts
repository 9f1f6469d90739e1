import { readFile } from 'node:fs/promises'
import { createSecureContext, type TlsOptions } from 'node:tls'

/** A certificate chain and its key, both PEM. */
export interface Certificate {
  readonly cert: Buffer
  readonly key: Buffer
}

/** Longer than a phone in a train takes to shake hands; whoever only opens connections does not hold them. */
const HANDSHAKE_MS = 10_000

/**
 * TLS 1.3, and 1.2 with forward secrecy and authenticated encryption only (ASVS 12.1, RFC 9325): the strongest that both
 * sides know is taken.
 */
export const TLS: TlsOptions = {
  minVersion: 'TLSv1.2',
  ciphers: [
    'TLS_AES_256_GCM_SHA384',
    'TLS_CHACHA20_POLY1305_SHA256',
    'TLS_AES_128_GCM_SHA256',
    'ECDHE-ECDSA-AES256-GCM-SHA384',
    'ECDHE-RSA-AES256-GCM-SHA384',
    'ECDHE-ECDSA-CHACHA20-POLY1305',
    'ECDHE-RSA-CHACHA20-POLY1305',
    'ECDHE-ECDSA-AES128-GCM-SHA256',
    'ECDHE-RSA-AES128-GCM-SHA256',
  ].join(':'),
  honorCipherOrder: true,
  handshakeTimeout: HANDSHAKE_MS,
}

/** Reads them from files; null where none is named. Throws, naming the variable, on files that cannot be used. */
export async function readCertificate(certFile: string | undefined, keyFile: string | undefined): Promise<Certificate | null> {
  if (!certFile && !keyFile) return null
  if (!certFile || !keyFile) throw new Error('TLS_CERT and TLS_KEY come together.')
  const [cert, key] = await Promise.all([read('TLS_CERT', certFile), read('TLS_KEY', keyFile)])
  try {
    createSecureContext({ cert, key })
  } catch (error) {
    throw new Error('TLS_CERT and TLS_KEY are no certificate with its key (PEM).', { cause: error })
  }
  return { cert, key }
}

async function read(variable: string, file: string): Promise<Buffer> {
  try {
    return await readFile(file)
  } catch (error) {
    throw new Error(`${variable} names a file that cannot be read.`, { cause: error })
  }
}
