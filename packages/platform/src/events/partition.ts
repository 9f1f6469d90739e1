/** Number of outbox partitions per service: one per hexadecimal digit. */
export const PARTITION_COUNT = 16

/** The last hexadecimal digit of the aggregate's id (random in UUIDv4 and v7); `emit_event` in SQL says the same. */
export const partitionOf = (aggregateId: string): number => Number.parseInt(aggregateId.slice(-1), PARTITION_COUNT)
