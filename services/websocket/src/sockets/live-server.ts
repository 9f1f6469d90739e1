import type { DraftProgress, FlagsChanged, LiveUpdate, OperationProgress, Welcome } from '@ai-crm/contracts'
import type { Server, Socket } from 'socket.io'
import type { TicketHolder } from '../tickets/ticket.ts'

/** Events of contracts/websocket/live.ts. What a client sends is unknown until it is parsed. */
export interface ServerToClient {
  welcome(message: Welcome): void
  update(message: LiveUpdate): void
  tick(message: { sequence: number }): void
  reset(message: { sequence: number }): void
  progress(message: DraftProgress): void
  operation(message: OperationProgress): void
  flags(message: FlagsChanged): void
}
export interface ClientToServer {
  resume(message: unknown): void
}
/** Set by the handshake, never by the client. */
export interface SocketData {
  holder: TicketHolder
  after: number | null
  /** How long ago the oldest of what the screen shows may have been fetched; null where it says nothing of that. */
  ageMs: number | null
}
export type LiveServer = Server<ClientToServer, ServerToClient, Record<never, never>, SocketData>
export type LiveSocket = Socket<ClientToServer, ServerToClient, Record<never, never>, SocketData>
