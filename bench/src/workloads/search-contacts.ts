import { CONTACT_COLUMNS, type Workload } from './workload.ts'

/** Fragments of surnames of the seed: each has some dozens of bearers. */
const FRAGMENTS = ['belandar', 'морусмин', 'zimovtol', 'garitves', 'велоргур', 'fenallip', 'санелрад', 'dobennov', 'каримкас', 'loruszel']

export const searchContacts: Workload = {
  name: 'W4',
  title: 'search a fragment of a name',
  targetPerSecond: 600,
  targetOfLimit: 0.78,
  prepare: async () => (n) => ({
    method: 'GET',
    path: `/api/v1/contacts?limit=50&search=${encodeURIComponent(FRAGMENTS[n % FRAGMENTS.length] ?? '')}`,
  }),
  async limitScript() {
    const list = FRAGMENTS.map((fragment) => `'${fragment}'`).join(',')
    return `\\set n random(1, ${FRAGMENTS.length})
select ${CONTACT_COLUMNS} from crm.contact
where deleted_at is null and id in (select crm.search_contact((array[${list}])[:n])) order by created_at desc, id desc limit 51;`
  },
}
