import { exportJWK, generateKeyPair } from 'jose'
import { createServer } from 'node:http'
import Provider, { type ClientMetadata, type Configuration } from 'oidc-provider'

export interface OidcPerson {
  readonly email?: string
  readonly email_verified?: boolean
  readonly name?: string
  readonly [claim: string]: unknown
}

export interface OidcServer {
  /** `http://127.0.0.1:<port>`, to be named in EGRESS_ALLOWED_HOSTS as `127.0.0.1`. */
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  /** By the name they log in with there, which is their `sub` too. */
  readonly people: Map<string, OidcPerson>
  /** What a person and their browser do there: follows redirects, fills in the login form, and stops at our address. */
  logIn(authorizationUrl: string, login: string): Promise<URL>
  close(): Promise<void>
}

/** A real OpenID Connect provider on a free port, with its own login page, whose consent is given. */
export async function startOidcServer(redirectUris: readonly string[]): Promise<OidcServer> {
  const people = new Map<string, OidcPerson>()
  const client = { clientId: 'ai-crm', clientSecret: 'a secret of the provider' }
  const server = createServer((request, response) => handle(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const issuer = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  const provider = new Provider(
    issuer,
    await configure(people, { client_id: client.clientId, client_secret: client.clientSecret, redirect_uris: [...redirectUris] }),
  )
  const handle = provider.callback()
  return {
    issuer,
    ...client,
    people,
    logIn,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function configure(people: Map<string, OidcPerson>, client: ClientMetadata): Promise<Configuration> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true })
  return {
    clients: [client],
    jwks: { keys: [{ ...(await exportJWK(privateKey)), use: 'sig', alg: 'RS256' }] },
    cookies: { keys: ['of a test only'] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    ttl: { AccessToken: 300, Grant: 3_600, IdToken: 300, Interaction: 3_600, Session: 3_600 },
    pkce: { required: () => true },
    features: { devInteractions: { enabled: true } },
    findAccount: (_ctx, id) => {
      const person = people.get(id)
      return person && { accountId: id, claims: () => ({ ...person, sub: id }) }
    },
    async loadExistingGrant(ctx) {
      const { client: asking, session, provider } = ctx.oidc
      const grant = new provider.Grant({ clientId: asking?.clientId, accountId: session?.accountId })
      grant.addOIDCScope('openid email profile')
      await grant.save()
      return grant
    },
  }
}

const MOST_STEPS = 12

async function logIn(authorizationUrl: string, login: string): Promise<URL> {
  const { origin } = new URL(authorizationUrl)
  const cookies = new Map<string, string>()
  let [url, form]: [URL, URLSearchParams | null] = [new URL(authorizationUrl), null]
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const answer: Response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form ? { method: 'POST', body: form } : {}),
    })
    for (const cookie of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = (cookie.split(';')[0] ?? '').split(/=(.*)/s)
      cookies.set(name, value)
    }
    const location = answer.headers.get('location')
    if (location === null) {
      if (answer.status !== 200) throw new Error(`The provider answered ${answer.status}: ${await answer.text()}`)
      form = new URLSearchParams({ prompt: 'login', login, password: 'any' })
      continue
    }
    form = null
    url = new URL(location, url)
    if (url.origin !== origin) return url
  }
  throw new Error('The provider never sent the browser back.')
}
