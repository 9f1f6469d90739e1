import { api, SignedIn } from '@ai-crm/contracts'
import { request } from 'undici'
import type { RunningProgram } from './start-program.ts'

export const BENCH_PERSON = { organizationName: 'Bench', name: 'Bench', email: 'bench@example.org', password: 'the password of the bench' }

/** Whoever the load comes from: the owner of a new organisation, by the link that the program prints where no relay is configured. */
export async function signUp(program: RunningProgram, email = BENCH_PERSON.email): Promise<{ token: string; organizationId: string }> {
  await post(program, api.auth.signUp.path, { ...BENCH_PERSON, email }, 202)
  const token = (await program.nextLink()).split('#')[1] ?? ''
  const { accessToken, me } = SignedIn.parse(JSON.parse(await post(program, api.auth.confirmSignUp.path, { token, password: BENCH_PERSON.password }, 201)))
  return { token: accessToken, organizationId: me.organization.id }
}

/** Their next access token: one lasts for ten minutes. */
export async function signIn(program: RunningProgram): Promise<string> {
  const answer = await post(program, api.auth.signIn.path, { email: BENCH_PERSON.email, password: BENCH_PERSON.password }, 200)
  return SignedIn.parse(JSON.parse(answer)).accessToken
}

async function post({ url }: RunningProgram, path: string, payload: unknown, expected: number): Promise<string> {
  const headers = { 'content-type': 'application/json' }
  const { statusCode, body } = await request(`${url}/api/v1${path}`, { method: 'POST', headers, body: JSON.stringify(payload) })
  const text = await body.text()
  if (statusCode !== expected) throw new Error(`${path} answered ${statusCode}: ${text}`)
  return text
}
