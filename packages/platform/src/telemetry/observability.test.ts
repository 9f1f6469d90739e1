import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { collectProcessMetrics, metrics } from './metrics.ts'
import './backlog.ts'

const FILES = ['prometheus/alerts.yml', 'grafana/dashboards/ai-crm.json']
/** Registered by the service that has it; `up` is Prometheus's own. */
const ELSEWHERE = ['live_sockets', 'dependency_up', 'up']

it.each(FILES)('asks in %s for metrics that exist', (file) => {
  collectProcessMetrics()
  const text = readFileSync(new URL(`../../../../observability/${file}`, import.meta.url), 'utf8')
  const expressions = [...text.matchAll(/(?:expr: |"expr": ")(.*)/g)].map(([, expression = '']) => expression)
  const asked = expressions.flatMap((expression) =>
    [...expression.matchAll(/\b([a-z]+(?:_[a-z0-9]+)+|up|backlog)\b(?=[{[) ]|",?$)/g)].map(([, name = '']) => name),
  )
  const known = new Set([...ELSEWHERE, ...metrics.getMetricsAsArray().map(({ name }) => name)])
  const unknown = asked.map((name) => name.replace(/_(bucket|count|sum)$/, '')).filter((name) => !known.has(name) && name !== 'histogram_quantile')
  expect(asked.length).toBeGreaterThan(expressions.length / 2)
  expect(unknown).toEqual([])
})
