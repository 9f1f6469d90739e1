import { exportOf } from '@ai-crm/platform'
import type { Tables } from './tables.ts'

const SEPARATE = 'Of archives themselves.'
const OF_ACCOUNTS = 'Belongs to people’s accounts: the security log says what the organisation may know.'

/** What of an organisation's archive is auth's: of people what their colleagues may see, and nothing that opens anything. */
export const exporting = exportOf<Tables>()({
  tables: {
    organization: {
      columns: [
        ...(['name', 'slug', 'locale', 'timeZone', 'createdAt', 'version', 'isSettingUp'] as const),
        ...(['deletionRequestedAt', 'deletionRequestedBy', 'erasesAt'] as const),
      ],
      leftOut: { erasingSince: 'Whatever has it cannot be exported any more.' },
      beside: { id: 't.organization_id' },
    },
    membership: {
      columns: ['userId', 'role', 'customRoleId', 'joinedAt', 'disabledAt', 'version'],
      beside: {
        name: '(select person.name from auth.user_account person where person.id = t.user_id)',
        email: '(select person.email from auth.user_account person where person.id = t.user_id)',
      },
    },
    invitation: {
      columns: [
        ...(['id', 'kind', 'email', 'role', 'locale', 'domain', 'maxUses', 'uses', 'invitedBy', 'throughLink'] as const),
        ...(['createdAt', 'sentAt', 'expiresAt', 'revokedAt'] as const),
      ],
    },
    role: { columns: ['id', 'name', 'base', 'permissions', 'weighed', 'fields', 'scopes', 'version', 'createdAt', 'updatedAt'] },
    team: { columns: ['id', 'name', 'leadId', 'version', 'createdAt', 'updatedAt'] },
    teamMember: { columns: ['teamId', 'userId', 'joinedAt'] },
    securityEvent: {
      columns: [
        ...(['sequence', 'occurredAt', 'kind', 'actorType', 'actorId', 'aboutType', 'aboutId', 'address', 'userAgent'] as const),
        ...(['requestId', 'details', 'prevHash', 'hash'] as const),
      ],
      harmless: { prevHash: 'Proves that no entry is missing.', hash: 'Proves that no entry was changed.' },
    },
    securityLogCheck: {
      columns: ['checkedAt', 'sequence', 'hash', 'brokenSequence'],
      harmless: { hash: 'Of an entry of the security log.' },
    },
    apiKey: {
      columns: [
        ...(['id', 'name', 'prefix', 'permissions', 'allowedNetworks', 'ratePerMinute', 'createdBy', 'createdAt'] as const),
        ...(['expiresAt', 'revokedAt', 'lastUsedAt'] as const),
      ],
    },
    apiKeyUse: { columns: ['keyId', 'usedOn', 'network'] },
    ssoConnection: {
      columns: ['id', 'name', 'issuer', 'clientId', 'defaultRole', 'isTrustedToAskAgain', 'enabledAt', 'testedAt', 'testProblem', 'version', 'createdAt'],
      leftOut: { sealedSecret: 'The secret of the client.', credentials: 'Counts changes of the secret.' },
    },
    emailDomain: {
      columns: ['id', 'name', 'connectionId', 'createdAt', 'verifiedAt', 'proofFailures', 'proofFailingSince', 'lapsedAt'],
      leftOut: { challenge: 'Proves the domain to this installation alone.' },
    },
    signInPolicy: { columns: ['ssoEnforcedAt', 'secondFactorRequiredAt'] },
    ssoExclusion: { columns: ['userId', 'createdAt'] },
    ssoIdentity: OF_ACCOUNTS,
    session: OF_ACCOUNTS,
    organizationExport: {
      columns: [
        'id',
        'state',
        'requestedBy',
        'requestedAt',
        'readyAt',
        'expiresAt',
        'endedAt',
        'problem',
        'rowCount',
        'fileCount',
        'sizeBytes',
        'archiveBytes',
      ],
    },
    exportPart: SEPARATE,
    exportFile: SEPARATE,
    exportChunk: SEPARATE,
  },
})
