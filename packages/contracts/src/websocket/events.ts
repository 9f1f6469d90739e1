import { defineSagaAnswer } from '../core/saga.ts'

/** The part of the live log in sagas of other services. */
export const websocketSagaAnswered = defineSagaAnswer('websocket-saga.answered')
