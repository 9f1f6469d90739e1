import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { prepareDatabase } from '@ai-crm/platform'
import { startService } from '@ai-crm/testing'
import { withAdmin } from '@ai-crm/testing/database'
import { expect, it } from 'vitest'
import service from '../service.ts'

const crm = await startService(service)
const migrations = new URL('../../migrations/', import.meta.url)

it('gives deals from before there were pipelines their kind, their pipeline, their rank and the moment since when they stand there', async () => {
  const { cluster } = crm.database
  const database = `old_deals_${crypto.randomUUID().slice(0, 8)}`
  const before = mkdtempSync(path.join(tmpdir(), 'migrations-'))
  const organization = crypto.randomUUID()
  for (const name of readdirSync(fileURLToPath(migrations)).filter((one) => one < '0530')) copyFileSync(new URL(name, migrations), path.join(before, name))
  try {
    await prepareDatabase({ ...cluster, database, services: [{ name: 'crm', migrations: pathToFileURL(`${before}/`) }] })
    const rows = await withAdmin(cluster, database, async (run) => {
      await run(`insert into crm.deal (organization_id, title, stage, contacts, amount_minor, currency, lost_reason)
        values ('${organization}', 'A', 'new', '[]', 5, 'EUR', null), ('${organization}', 'B', 'lost', '[]', null, null, 'Dear'), ('${organization}', 'C', 'new', '[]', 7, 'EUR', null)`)
      await run(`insert into crm.event (organization_id, id, type, version, aggregate_type, aggregate_id, aggregate_version, actor, occurred_at, correlation_id, depth, data)
        select organization_id, gen_random_uuid(), 'deal.created', 1, 'deal', id, 1, '{"type":"system","id":null}', '2026-01-02T03:04:05Z', 'x', 0, '{}' from crm.deal where title = 'A'`)
      await prepareDatabase({ ...cluster, database, services: [{ name: 'crm', migrations }] })
      const [found] =
        await run(`select json_agg(json_build_object('title', title, 'kind', stage_kind, 'isFirst', pipeline_id = platform.derived_id('pipeline.first', organization_id),
          'isThen', stage_entered_at = '2026-01-02T03:04:05Z') order by title) as deals, count(distinct sort_rank)::int as ranks from crm.deal`)
      const totals = await run('select stage, currency, deals::int, amount_minor::int as amount from crm.stage_total order by stage, currency')
      const [stages] = await run(`select count(*)::int as count from crm.stage where organization_id = '${organization}'`)
      return { found, totals, stages }
    })
    expect(rows).toEqual({
      found: {
        deals: [
          { title: 'A', kind: 'open', isFirst: true, isThen: true },
          { title: 'B', kind: 'lost', isFirst: true, isThen: false },
          { title: 'C', kind: 'open', isFirst: true, isThen: false },
        ],
        ranks: 3,
      },
      totals: [
        { stage: 'lost', currency: '', deals: 1, amount: 0 },
        { stage: 'new', currency: 'EUR', deals: 2, amount: 12 },
      ],
      stages: { count: 6 },
    })
  } finally {
    rmSync(before, { recursive: true, force: true })
  }
}, 120_000)
