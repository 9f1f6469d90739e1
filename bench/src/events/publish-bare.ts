import { Connection } from 'rabbitmq-client'

const QUEUE = 'bench.bare'
/** As many as the relay keeps in flight at most. */
const IN_FLIGHT = 1_024

/** Confirmed publishes of 1 KB to one quorum queue and nothing else: what the broker and its client can do here. Returns messages per second. */
export async function publishBare(url: string, messages: number): Promise<number> {
  const connection = new Connection({ url, noDelay: true })
  const publisher = connection.createPublisher({ confirm: true, queues: [{ queue: QUEUE, durable: true, arguments: { 'x-queue-type': 'quorum' } }] })
  const body = Buffer.alloc(1_024, 'x')
  let left = messages
  const publishSome = async (): Promise<void> => {
    while (left-- > 0) await publisher.send({ routingKey: QUEUE, durable: true }, body)
  }
  await publisher.send({ routingKey: QUEUE, durable: true }, body)
  const startedAt = performance.now()
  await Promise.all(Array.from({ length: IN_FLIGHT }, publishSome))
  const seconds = (performance.now() - startedAt) / 1000
  await connection.queueDelete(QUEUE)
  await publisher.close()
  await connection.close()
  return messages / seconds
}
