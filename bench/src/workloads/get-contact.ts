import { CONTACT_COLUMNS, type Scene, type Workload } from './workload.ts'

const SAMPLE = 1000

export const getContact: Workload = {
  name: 'W3',
  title: 'get one contact',
  targetPerSecond: 4500,
  targetOfLimit: 0.1,
  async prepare(scene) {
    const ids = await sampleIds(scene)
    return (n) => ({ method: 'GET', path: `/api/v1/contacts/${ids[n % ids.length]}` })
  },
  async limitScript(scene) {
    const ids = await sampleIds(scene)
    const list = ids
      .slice(0, 100)
      .map((id) => `'${id}'`)
      .join(',')
    return `\\set n random(1, 100)\nselect ${CONTACT_COLUMNS} from crm.contact where id = (array[${list}]::uuid[])[:n] and deleted_at is null;`
  },
}

async function sampleIds({ database, organizationId }: Scene): Promise<string[]> {
  const rows = await database.query('select id from crm.contact where organization_id = $1 and deleted_at is null order by md5(id::text) limit $2', [
    organizationId,
    SAMPLE,
  ])
  return rows.map((row) => String(row['id']))
}
