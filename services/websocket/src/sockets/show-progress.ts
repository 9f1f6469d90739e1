import { DraftProgress } from '@ai-crm/contracts'
import type { Fanout, Stoppable } from '@ai-crm/platform'
import { z } from 'zod'
import type { LiveServer } from './live-server.ts'
import { draftsRoom } from './rooms.ts'

/** Where `ctx.showProgress` of every process publishes. */
const PROGRESS_CHANNEL = 'live.progress'
const Progress = z.object({ organizationId: z.uuid(), progress: DraftProgress })

/** Passes on the text of drafts in the making, from whichever process writes them. Each replica serves its own sockets. */
export const showProgress = (io: LiveServer, fanout: Fanout): Promise<Stoppable> =>
  fanout.subscribe(PROGRESS_CHANNEL, (message) => {
    const { organizationId, progress } = Progress.parse(JSON.parse(message))
    io.local.to(draftsRoom(organizationId)).volatile.emit('progress', progress)
  })
