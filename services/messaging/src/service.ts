import { authSagaRequested, messagingSagaAnswered } from '@ai-crm/contracts'
import { memberConsumers, teamConsumers } from '@ai-crm/platform'
import { channelConsumers } from './channels/consumers.ts'
import { closeAddresses } from './channels/open-channel.ts'
import { channelRoutes } from './channels/routes.ts'
import { contentJobs, contentSweeps } from './content/jobs.ts'
import { conversationConsumers } from './conversations/consumers.ts'
import { conversationJobs } from './conversations/jobs.ts'
import { conversationRoutes } from './conversations/routes.ts'
import { messaging } from './ctx.ts'
import { exporting } from './exporting.ts'
import { sealed } from './sealed.ts'
import { personData } from './persons/person-data.ts'
import { deliveryConsumers } from './deliveries/consumers.ts'
import { deliveryJobs } from './deliveries/jobs.ts'
import { deliveryRoutes } from './deliveries/routes.ts'
import { startSmtpServer } from './inbound/smtp-server.ts'
import { localMailboxJobs } from './local-mailbox/jobs.ts'
import { localMailboxRoutes } from './local-mailbox/routes.ts'
import { startLocalMailbox } from './local-mailbox/start-local-mailbox.ts'
import { messageRoutes } from './messages/routes.ts'
import { systemMailConsumers } from './system-mails/consumers.ts'
import { systemMailJobs } from './system-mails/jobs.ts'
import { SYSTEM_MAIL_RETENTION } from './system-mails/retention.ts'
import { systemMailRoutes } from './system-mails/routes.ts'

export default messaging.define({
  migrations: new URL('../migrations/', import.meta.url),
  erasure: { requested: authSagaRequested, answered: messagingSagaAnswered, before: closeAddresses },
  exporting,
  sealed,
  person: personData,
  routes: [conversationRoutes, messageRoutes, deliveryRoutes, channelRoutes, localMailboxRoutes, systemMailRoutes],
  consumers: [
    ...channelConsumers,
    ...conversationConsumers,
    ...deliveryConsumers,
    ...systemMailConsumers,
    ...memberConsumers('messaging'),
    ...teamConsumers('messaging'),
  ],
  jobs: [...contentJobs, ...conversationJobs, ...deliveryJobs, ...localMailboxJobs, ...systemMailJobs],
  extensions: [startSmtpServer, startLocalMailbox],
  retention: [SYSTEM_MAIL_RETENTION],
  sweeps: contentSweeps,
})
