export * from './database/database.ts'
export type { Agent, Answer } from './service/agent.ts'
export { startService, type TestService, type TestServiceOptions } from './service/start-service.ts'
export { openLiveClient, type LiveClient, type LiveClientOptions } from './live/live-client.ts'
