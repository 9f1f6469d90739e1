import { loadInBulk } from './load-in-bulk.ts'
import type { BenchDatabase, Query } from './start-postgres.ts'

/**
 * Contacts with names of syllables, half Latin, half Cyrillic: 4,000 surnames in each for a hundred thousand of them, so that a surname
 * has a dozen bearers. The same numbers give the same people.
 */
const SEED = `
  with names as (
    select n, n % 2 = 0 as is_latin, (n / 2) % 12 as a, (n / 24) % 10 as b, (n / 240) % 10 as c, (n / 2400) % 10 as d, (n / 24000) % 4 as e
    from generate_series(1, $2::int) as n
  )
  insert into crm.contact (organization_id, name, email, emails, phone, phones, company, source, created_at, updated_at, last_activity_at, custom)
  select $1, concat(
      case when is_latin then (array['Anna','John','Emma','Ivan','Maria','Peter','Olga','Paul','Kate','Max','Lena','Tom'])[1 + a]
           else (array['Анна','Иван','Мария','Пётр','Ольга','Павел','Катя','Олег','Лена','Юрий','Яна','Глеб'])[1 + a] end, ' ',
      case when is_latin then concat((array['Kar','Bel','Mor','San','Vel','Dob','Zim','Lor','Fen','Gar'])[1 + b], (array['an','el','im','or','us','ov','ar','en','it','al'])[1 + c],
                         (array['dar','min','tol','ves','gur','lip','rad','nov','kas','zel'])[1 + d], (array['ski','son','berg','man'])[1 + e])
           else concat((array['Кар','Бел','Мор','Сан','Вел','Доб','Зим','Лор','Фен','Гар'])[1 + b], (array['ан','ел','им','ор','ус','ов','ар','ен','ит','ал'])[1 + c],
                         (array['дар','мин','тол','вес','гур','лип','рад','нов','кас','зел'])[1 + d], (array['ов','ин','енко','ский'])[1 + e]) end),
    email, jsonb_build_array(jsonb_build_object('address', email, 'label', null)),
    phone, jsonb_build_array(jsonb_build_object('number', phone, 'e164', phone, 'extension', null, 'international', concat('+7 916 ', lpad(n::text, 7, '0')), 'label', null)),
    (array['Acme','Globex','Initech','Вектор','Umbrella','Север','Рога и Копыта'])[1 + n % 7],
    case when n % 5 = 0 then 'message' else 'manual' end,
    date_trunc('milliseconds', now() - n * interval '1 minute'), date_trunc('milliseconds', now() - n * interval '1 minute'),
    case when n % 3 = 0 then date_trunc('milliseconds', now() - (n::bigint * 7919 % 100000) * interval '1 minute') else '-infinity' end,
    case when n % 2 = 0 and $3::uuid is not null then jsonb_build_object($3::uuid, n % 1000, $4::uuid, ($5::uuid[])[1 + n / 2 % 5]) else '{}' end
  from names,
  lateral (select concat('person', n, '@', (array['acme','globex','initech','vector','umbrella','sever','roga'])[1 + n % 7], '.example') as email,
                  concat('+7916', lpad(n::text, 7, '0')) as phone) as addresses`

/** The custom fields of which every other contact has values. */
export interface SeededFields {
  readonly numberId: string
  readonly selectId: string
  readonly optionIds: readonly string[]
}

export const seedContacts = (database: BenchDatabase, organizationId: string, count: number): Promise<void> =>
  loadInBulk(database, (query) => insertContacts(query, organizationId, count))

export async function insertContacts(query: Query, organizationId: string, count: number, fields: SeededFields | null = null): Promise<void> {
  await query(SEED, [organizationId, count, fields?.numberId ?? null, fields?.selectId ?? null, fields?.optionIds ?? null])
}
