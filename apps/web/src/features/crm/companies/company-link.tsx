import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Building2 } from 'lucide-react'
import { companyQuery } from './queries.ts'

/** Leads to a company by its id; `name` where it is known already. Out of reach, it is a text. */
export function CompanyLink({ companyId, name }: { companyId: string; name?: string | null }) {
  const { data, error } = useQuery({ ...companyQuery(companyId), retry: false })
  const text = data?.name ?? name ?? '—'
  if (error && !data) return <span className="inline-block px-1 py-1">{text}</span>
  return (
    <Link
      to="/companies/$companyId"
      params={{ companyId }}
      className="inline-flex max-w-full items-center gap-1.5 rounded-md px-1 py-1 text-accent-text hover:underline"
    >
      <Building2 aria-hidden className="size-3.5 shrink-0" />
      <span className="truncate">{text}</span>
    </Link>
  )
}
