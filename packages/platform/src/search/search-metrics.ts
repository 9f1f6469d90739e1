import { Counter, Histogram } from 'prom-client'
import { metrics } from '../telemetry/metrics.ts'

export const searchFallbacks = new Counter({
  name: 'search_fallbacks_total',
  help: 'Searches that the index did not answer, by why (away, unbuilt): PostgreSQL did',
  labelNames: ['reason'],
  registers: [metrics],
})
export const indexedDocuments = new Counter({
  name: 'search_documents_total',
  help: 'Documents that the index was given, by outcome (written, older, refused)',
  labelNames: ['outcome'],
  registers: [metrics],
})
export const indexDelay = new Histogram({
  name: 'search_index_delay_seconds',
  help: 'From a change being heard of to its being in the index',
  buckets: [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800],
  registers: [metrics],
})
