import { defineError } from '@ai-crm/platform'

export const domainTaken = defineError(
  'crm.company.domain_taken',
  409,
  (domain: string, _index: number) => `${domain} already belongs to a company.`,
  (_domain, index) => ({ fields: [{ field: `/domains/${index}`, message: 'Already belongs to a company' }] }),
)

export const notADomain = defineError(
  'crm.company.domain_invalid',
  422,
  (text: string, _index: number) => `“${text}” is no domain. Write it like acme.example.`,
  (_text, index) => ({ fields: [{ field: `/domains/${index}`, message: 'Not a domain' }] }),
)

export const publicMailDomain = defineError(
  'crm.company.domain_public',
  422,
  (domain: string, _index: number) => `Anybody can have an address at ${domain}: it says nothing about who somebody works for.`,
  (_domain, index) => ({ fields: [{ field: `/domains/${index}`, message: 'A public mail service' }] }),
)

/** Another organisation's, out of reach, deleted or never there: the same answer. */
export const companyUnknown = defineError(
  'crm.company.unknown',
  422,
  (_field: 'companyId' | 'parentId' | 'action/set/companyId') => 'There is no such company.',
  (field) => ({ fields: [{ field: `/${field}`, message: 'No such company' }] }),
)

export const parentCycle = defineError(
  'crm.company.parent_cycle',
  422,
  () => 'A company cannot belong to itself, nor to a company that belongs to it.',
  () => ({ fields: [{ field: '/parentId', message: 'Belongs to this company' }] }),
)

export const treeTooDeep = defineError(
  'crm.company.tree_too_deep',
  422,
  (levels: number) => `Companies can belong to each other over ${levels} levels at most.`,
  () => ({ fields: [{ field: '/parentId', message: 'Too many levels' }] }),
)
