export * from './general.ts'
export * from './messaging.ts'
export * from './records.ts'
export * from './security.ts'
