import { requireGivenOut } from '@ai-crm/platform'
import type { Ctx } from '../ctx.ts'
import type { Tables } from '../tables.ts'
import type { Selectable } from 'kysely'
import { attachmentScanning } from './scan-attachments.ts'

type Scanned = Pick<Selectable<Tables['attachment']>, 'scanState'>

/** Throws `fileInfected`, `fileUnscannable` (403), `fileNotScanned` (409) where one of them may not be given out. */
export async function requireAllGivenOut(ctx: Ctx, messageId: string, attachments: readonly Scanned[]): Promise<void> {
  if (ctx.config.CLAMD_URL !== undefined && attachments.some(({ scanState }) => scanState === null)) await attachmentScanning.beginLate(ctx, messageId)
  for (const attachment of attachments.toSorted((one, other) => rank(one) - rank(other))) requireGivenOut(ctx.config, attachment)
}

/** What stays shut before what has to wait. */
const rank = ({ scanState }: Scanned): number => (scanState === 'infected' ? 0 : scanState === 'unscannable' ? 1 : 2)
