import type { Statement } from '@ai-crm/platform'
import pg from 'pg'
import { z } from 'zod'
import type { TestDatabase } from './create-test-database.ts'

/** A node of a plan that PostgreSQL has run, as `EXPLAIN (ANALYZE, FORMAT JSON)` writes it. */
const Node = z.object({
  'Node Type': z.string(),
  'Index Name': z.string().optional(),
  'Relation Name': z.string().optional(),
  'Function Name': z.string().optional(),
  'Subplan Name': z.string().optional(),
  'Actual Rows': z.number(),
  'Actual Loops': z.number(),
  'Rows Removed by Filter': z.number().optional(),
  'Rows Removed by Index Recheck': z.number().optional(),
  get Plans() {
    return z.array(Node).optional()
  },
})
type Node = z.infer<typeof Node>

export interface Plan {
  /** A line per node, indented: what is committed. */
  readonly shape: string
  /** Rows that its scans touched, kept or not. */
  readonly rowsRead: number
}

/**
 * Runs statements as the application does, under row-level security, and tells the plans that were really used: also those of statements
 * inside of functions, which `EXPLAIN` does not show. By auto_explain, which a superuser's session may load.
 */
export async function explain(database: TestDatabase, service: string, organizationId: string, statements: readonly Statement[]): Promise<Plan[]> {
  const url = new URL(database.databaseUrl)
  const admin = new URL(database.cluster.adminUrl)
  url.username = admin.username
  url.password = admin.password
  const client = new pg.Client({ connectionString: url.href })
  const plans: Plan[] = []
  client.on('notice', ({ message = '' }) => {
    const json = /plan:\s*(\{.*\})\s*$/s.exec(message)?.[1]
    if (json !== undefined) plans.push(planOf(z.object({ Plan: Node }).parse(JSON.parse(json)).Plan))
  })
  await client.connect()
  try {
    await client.query(`load 'auto_explain'; set auto_explain.log_nested_statements = on; set auto_explain.log_analyze = on; set auto_explain.log_timing = off;
      set auto_explain.log_format = json; set client_min_messages = log; set search_path = ${service}, platform;
      set auto_explain.log_min_duration = 0; set role ${service}_app`)
    for (const { text, values } of statements) {
      await client.query('begin read only')
      await client.query(`select set_config('app.organization_id', $1, true)`, [organizationId])
      await client.query(text, [...values])
      await client.query('rollback')
    }
  } finally {
    await client.end()
  }
  return plans.filter(({ shape }) => shape !== 'Result')
}

function planOf(root: Node): Plan {
  const nodes = walk(root, 0)
  const scans = nodes.filter(({ node }) => node['Relation Name'] !== undefined || node['Index Name'] !== undefined)
  return {
    shape: nodes.map(({ node, depth }) => '  '.repeat(depth) + lineOf(node)).join('\n'),
    rowsRead: scans.reduce((sum, { node }) => sum + rowsOf(node), 0),
  }
}

const walk = (node: Node, depth: number): { node: Node; depth: number }[] => [{ node, depth }, ...(node.Plans ?? []).flatMap((child) => walk(child, depth + 1))]

const lineOf = (node: Node): string =>
  [node['Subplan Name'], node['Node Type'], node['Index Name'] ?? node['Relation Name'] ?? node['Function Name']].filter((word) => word !== undefined).join(' ')

const rowsOf = (node: Node): number =>
  Math.round((node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0)) * node['Actual Loops'])
