import { signServiceToken } from '@ai-crm/platform'
import type { TestService } from '@ai-crm/testing'
import type { Attacker } from './hear.ts'
import { ownValues, type Harvest, type HarvestedRow } from './harvest.ts'
import type { Operation } from './operations.ts'
import type { CanaryOrganization } from './seed-organization.ts'

const isPublic = ({ endpoint }: Operation): boolean => endpoint.access === 'public'
const isInternal = ({ endpoint }: Operation): boolean => endpoint.access === 'internal'
const isOfPeople = ({ endpoint }: Operation): boolean => endpoint.access === 'signed-in'
const isPermitted = (operation: Operation): boolean => !isPublic(operation) && !isInternal(operation) && !isOfPeople(operation)

/**
 * Who attacks from within an organisation: its owner, with every permission; a key of it; a person of the victim who belongs
 * here as well, for whom only the organisation tells the two apart; and one of our own services, on its behalf.
 */
export async function attackersOf(service: TestService, own: CanaryOrganization, victim: CanaryOrganization, things: Harvest): Promise<readonly Attacker[]> {
  const { organizationId, owner } = own
  const keyId = ownValues(things, 'auth', ['apiKeyId'])?.get('apiKeyId') ?? ''
  // A session that is there: routes about the person look for it.
  const isOwners = ({ service, own: name, values }: HarvestedRow): boolean =>
    service === 'auth' && name === 'sessionId' && values.get('userId') === owner.userId
  const sessionId = things.rows.findLast(isOwners)?.values.get('sessionId') ?? owner.sessionId
  const here = { organizationId, role: 'owner' } as const
  const [person, browser, key, inBoth] = [
    await service.signIn({ ...here, userId: owner.userId }),
    await service.signIn({ ...here, userId: owner.userId, sessionId }),
    await service.signIn({ ...here, userId: owner.userId, agent: { type: 'api-key', id: keyId } }),
    await service.signIn({ ...here, userId: victim.owner.userId }),
  ]
  const call = await signServiceToken((purpose) => service.publicCtx().deriveKey(purpose), 'gateway', 'auth', organizationId)
  return [
    { name: 'the owner', token: person.token, mayAsk: (operation) => isPermitted(operation) || isOfPeople(operation) },
    { name: 'the owner in a browser', token: browser.token, mayAsk: isOfPeople },
    { name: 'an API key', token: key.token, mayAsk: isPermitted },
    { name: 'a person of both', token: inBoth.token, mayAsk: isPermitted },
    { name: 'a browser', token: person.token, cookies: new Map(own.cookies), mayAsk: isPublic },
    { name: 'a service', token: call, mayAsk: isInternal },
  ]
}
