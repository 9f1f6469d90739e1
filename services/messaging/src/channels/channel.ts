import type { Channel } from '@ai-crm/contracts'
import type { Selectable } from 'kysely'
import type { Ctx } from '../ctx.ts'
import { relayOf } from '../smtp-sending/relay.ts'
import { smtpPortOf } from '../inbound/listening.ts'
import type { Tables } from '../tables.ts'

type Row = Selectable<Tables['channel']>

export function toChannel({ config }: Pick<Ctx, 'config'>, row: Row): Channel {
  const relay = relayOf(config)
  return {
    id: row.id,
    kind: 'email',
    name: row.name,
    address: row.address,
    signature: row.signature,
    transport: relay ? 'relay' : 'local-mailbox',
    relayHost: relay?.host ?? null,
    smtpPort: smtpPortOf(config),
    health: {
      status: healthOf(row),
      lastInboundAt: row.lastInboundAt?.toISOString() ?? null,
      lastOutboundAt: row.lastOutboundAt?.toISOString() ?? null,
      lastError: row.lastError,
    },
    version: row.version,
  }
}

function healthOf(row: Row): Channel['health']['status'] {
  if (row.lastError) return 'failing'
  return row.lastInboundAt || row.lastOutboundAt ? 'ok' : 'unused'
}
