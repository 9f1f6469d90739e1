import { z } from 'zod'
import { defineEndpoints } from '../core/endpoint.ts'
import { Organization } from './organizations.ts'

/** How an organisation leaves: with a time in which its owners can keep it. */
export const departureEndpoints = defineEndpoints('auth', {
  requestOrganizationDeletion: {
    method: 'POST',
    path: '/organization/deletion',
    summary: 'Delete the organisation at the end of the grace period; its name has to be typed',
    access: 'auth.organization.delete',
    stepUp: true,
    idempotency: 'natural',
    body: z.object({ name: z.string().max(200) }),
    response: Organization,
    status: 200,
  },
  cancelOrganizationDeletion: {
    method: 'DELETE',
    path: '/organization/deletion',
    summary: 'Keep the organisation after all',
    access: 'auth.organization.delete',
    idempotency: 'natural',
    response: Organization,
    status: 200,
  },
})
