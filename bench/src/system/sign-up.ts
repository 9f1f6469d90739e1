import { api, SignedIn } from '@ai-crm/contracts'
import { request } from 'undici'

/** Whoever the load comes from: the owner of a new organisation. */
export async function signUp(url: string): Promise<{ token: string; organizationId: string }> {
  const { statusCode, body } = await request(`${url}/api/v1${api.auth.signUp.path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ organizationName: 'Bench', name: 'Bench', email: 'bench@example.org', password: 'the password of the bench' }),
  })
  if (statusCode !== 201) throw new Error(`Sign-up answered ${statusCode}: ${await body.text()}`)
  const { accessToken, me } = SignedIn.parse(await body.json())
  return { token: accessToken, organizationId: me.organization.id }
}
