import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type JWTPayload } from 'jose'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

/** How the next ID token is made. */
export interface Forgery {
  readonly claims?: JWTPayload
  /** `stranger`: by a key that the provider never published. */
  readonly signature?: 'own' | 'stranger' | 'none' | 'hs256'
}

export interface ForgingOidcServer {
  readonly issuer: string
  /** The token endpoint's next answers, in order; after them the last one. */
  forge(nonce: string, forgery?: Forgery): void
  /** Overrides of the metadata, and of the answers to whole paths. */
  readonly metadata: Record<string, unknown>
  readonly answers: Map<string, (response: ServerResponse) => void>
  /** Bodies of the token endpoint's requests. */
  readonly tokenRequests: URLSearchParams[]
  /** Paths that were asked for. */
  readonly asked: string[]
  close(): Promise<void>
}

/** A provider that says what a test wants, well-formed or not: what an attacker's, or a broken one, would. */
export async function startForgingOidcServer(clientSecret: string): Promise<ForgingOidcServer> {
  const [own, stranger] = await Promise.all([generateKeyPair('RS256', { extractable: true }), generateKeyPair('RS256')])
  const jwk = { ...(await exportJWK(own.publicKey)), kid: 'own', use: 'sig', alg: 'RS256' }
  const metadata: Record<string, unknown> = {}
  const answers = new Map<string, (response: ServerResponse) => void>()
  const tokenRequests: URLSearchParams[] = []
  const asked: string[] = []
  let next: () => Promise<string> = async () => 'nothing'
  const server = createServer((request, response) => void handle(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const issuer = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? ''
    asked.push(path)
    const scripted = answers.get(path)
    if (scripted) return scripted(response)
    if (path === '/token') tokenRequests.push(new URLSearchParams(await textOf(request)))
    const body = path === '/jwks' ? { keys: [jwk] } : path === '/token' ? { access_token: 'at', token_type: 'Bearer', id_token: await next() } : described()
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  }
  const described = () => ({
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/jwks`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256', 'HS256', 'none'],
    token_endpoint_auth_methods_supported: ['client_secret_post'],
    ...metadata,
  })
  const make = async (nonce: string, { claims, signature = 'own' }: Forgery): Promise<string> => {
    const now = Math.floor(Date.now() / 1000)
    const payload = { iss: issuer, aud: 'ai-crm', sub: 'mallory', nonce, iat: now, exp: now + 300, ...claims }
    if (signature === 'none') return new UnsecuredJWT(payload).encode()
    if (signature === 'hs256') return new SignJWT(payload).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(clientSecret))
    return new SignJWT(payload).setProtectedHeader({ alg: 'RS256', kid: 'own' }).sign(signature === 'own' ? own.privateKey : stranger.privateKey)
  }
  return {
    issuer,
    metadata,
    answers,
    tokenRequests,
    asked,
    forge: (nonce, forgery = {}) => void (next = () => make(nonce, forgery)),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString('utf8')
}
