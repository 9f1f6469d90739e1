import { PERMISSIONS } from '@ai-crm/contracts'

export const roleSettings = {
  title: 'Roles',
  text: 'What people may do follows from their role. A change reaches everybody within seconds, also in open windows.',
  readOnly: 'Your role lets you look at roles, not change them.',
  create: 'New role',
  edit: 'Change role',
  name: 'Name',
  base: 'Copied from',
  baseHint: 'Where the role stands: whoever is above may change its members.',
  permission: 'Permission',
  yes: 'permitted',
  no: 'not permitted',
  notYours: 'You do not have this yourself, so you cannot grant it.',
  fields: { contact: 'Fields of contacts', company: 'Fields of companies' },
  fieldsHint: 'A hidden field is not sent at all; it cannot be searched or changed.',
  field: {
    email: 'E-mail',
    phone: 'Phone',
    company: 'Company',
    position: 'Position',
    note: 'Note',
    domains: 'Domains',
    website: 'Website',
    address: 'Address',
    industry: 'Industry',
    size: 'Size',
  },
  rule: { none: 'visible', readOnly: 'read-only', hidden: 'hidden' },
  members_one: '{{count}} member',
  members_other: '{{count}} members',
  newer: 'Somebody changed this role in the meantime. Close and open it again.',
  remove: 'Delete role',
  removeText: 'Members of this role become: {{role}}.',
  assign: 'Who has which role',
  roleOf: 'Role of {{name}}',
  assigned: '{{name}} has the role from now on.',
  service: { auth: 'Organisation', crm: 'Contacts and companies', messaging: 'Conversations', ai: 'AI', webhook: 'Webhooks', platform: 'Operation' },
}

/** The sentences of the contract. */
export const permissionNames = PERMISSIONS
