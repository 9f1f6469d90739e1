import { DraftProgress, OperationProgress } from '@ai-crm/contracts'
import { type Fanout, OPERATION_CHANNEL, PROGRESS_CHANNEL, type Stoppable } from '@ai-crm/platform'
import { z } from 'zod'
import type { LiveServer } from './live-server.ts'
import { draftsRoom, userRoom } from './rooms.ts'

const Draft = z.object({ organizationId: z.uuid(), progress: DraftProgress })
const Work = z.object({ organizationId: z.uuid(), userId: z.uuid(), progress: OperationProgress })

/** Passes on the text of drafts in the making, from whichever process writes them. Each replica serves its own sockets. */
export const showProgress = (io: LiveServer, fanout: Fanout): Promise<Stoppable> =>
  fanout.subscribe(PROGRESS_CHANNEL, (message) => {
    const { organizationId, progress } = Draft.parse(JSON.parse(message))
    io.local.to(draftsRoom(organizationId)).volatile.emit('progress', progress)
  })

/** The same of work on many records, to the screens of whoever started it. */
export const showOperations = (io: LiveServer, fanout: Fanout): Promise<Stoppable> =>
  fanout.subscribe(OPERATION_CHANNEL, (message) => {
    const { organizationId, userId, progress } = Work.parse(JSON.parse(message))
    io.local.to(userRoom(organizationId, userId)).volatile.emit('operation', progress)
  })
