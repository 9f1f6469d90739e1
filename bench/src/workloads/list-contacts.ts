import { request } from 'undici'
import { CONTACT_COLUMNS, type Scene, type Workload } from './workload.ts'

const FIRST_PAGE = '/api/v1/contacts?limit=50&source=manual&sort=name&direction=asc'
const DEEP_ROWS = 50_000
const STEP = 100

const pageSql = (condition: string): string =>
  `select ${CONTACT_COLUMNS}, sort_name from crm.contact where deleted_at is null and source = 'manual' ${condition} order by sort_name, id limit 51;`

export const listContacts: Workload = {
  name: 'W2',
  title: 'first page of 50, filtered and sorted',
  targetPerSecond: 2000,
  targetOfLimit: 0.11,
  prepare: async () => () => ({ method: 'GET', path: FIRST_PAGE }),
  limitScript: async () => pageSql(''),
}

export const listContactsDeep: Workload = {
  name: 'W2d',
  title: 'the page after 50,000 rows, by cursor',
  targetPerSecond: 1900,
  targetOfLimit: 0.12,
  async prepare(scene) {
    const cursor = await walk(scene)
    return () => ({ method: 'GET', path: `${FIRST_PAGE}&cursor=${cursor}` })
  },
  async limitScript({ database, organizationId }) {
    const [row] = await database.query(
      `select sort_name, id from crm.contact where organization_id = $1 and deleted_at is null and source = 'manual' order by sort_name, id offset ${DEEP_ROWS} limit 1`,
      [organizationId],
    )
    return pageSql(`and (sort_name, id) > ('${String(row?.['sort_name'])}', '${String(row?.['id'])}')`)
  },
}

/** Cursors are opaque: who wants to be deep in a list has to walk there. */
async function walk({ url, token }: Scene): Promise<string> {
  let cursor = ''
  for (let seen = 0; seen < DEEP_ROWS; seen += STEP) {
    const path = FIRST_PAGE.replace('limit=50', `limit=${STEP}`) + (cursor ? `&cursor=${cursor}` : '')
    const { body } = await request(url + path, { headers: { authorization: `Bearer ${token}` } })
    const page = await body.json()
    if (!isPage(page)) throw new Error('The list ended before it was deep: seed more contacts.')
    cursor = page.nextCursor
  }
  return cursor
}

const isPage = (value: unknown): value is { nextCursor: string } =>
  typeof value === 'object' && value !== null && 'nextCursor' in value && typeof value.nextCursor === 'string'
