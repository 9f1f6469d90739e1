/** Of the seed (seed-contacts.ts, seed-records.ts): whom and what some rows are about. */
const DOMAINS = ['acme', 'globex', 'initech', 'vector', 'umbrella', 'sever', 'roga']
const COMPANIES = ['Acme', 'Globex', 'Initech', 'Вектор', 'Umbrella', 'Север', 'Рога']
const FIRST = ['Anna', 'Иван', 'Emma', 'Ольга', 'Peter', 'Пётр', 'Kate', 'Юрий']
const LAST = ['Karandar', 'Белоргур', 'Zimovtol', 'Санелрад', 'Fenallip', 'Каримкас', 'Dobennov', 'Лорусзел']
/** One row in twenty is somebody who is known already. */
const KNOWN_EACH = 20

export const knownRows = (rows: number, contacts: number): number => Math.floor(Math.min(rows, contacts) / KNOWN_EACH)

/** People of a company each, with e-mail, phone and position; `run` keeps two files from being about the same ones. */
export function peopleCsv(run: string, rows: number): string {
  const lines = Array.from({ length: rows }, (_, at) => {
    const n = at + 1
    const email = n % KNOWN_EACH === 0 ? `person${n}@${DOMAINS[n % DOMAINS.length]}.example` : `${run}.${n}@import.example`
    const company = 1 + (n % 100)
    const phone = `+7917${String(n).padStart(7, '0')}`
    return `${FIRST[n % FIRST.length]} ${LAST[(n % 63) % LAST.length]},${email},${phone},${COMPANIES[company % COMPANIES.length]} ${company},Buyer`
  })
  return ['Name,Email,Phone,Company,Position', ...lines, ''].join('\n')
}
