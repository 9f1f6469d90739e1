import emailProviders from 'email-providers/all.json' with { type: 'json' }
import { parse } from 'tldts'
import { domainToASCII } from 'node:url'

/** What the list does not know, of mail services that our users meet. */
const MORE_PROVIDERS = ['internet.ru', 'xmail.ru', 'vk.com', 'narod.ru', 'yandex.kz', 'yandex.by', 'yandex.uz', 'mail.kz', 'tut.by', 'duck.com']
const publicProviders: ReadonlySet<string> = new Set([...emailProviders, ...MORE_PROVIDERS])

/** Whether anybody can have an address there. */
export const isPublicMail = (domain: string): boolean => publicProviders.has(domain)

/** The domain in the form in which it is compared, or null. Takes an address of a website as well: its host counts, without `www.` */
export function normalDomain(text: string): string | null {
  const { hostname, isIp, domain } = parse(text.trim())
  // No `domain`: a public suffix like `co.uk`, or a single word.
  if (!hostname || isIp || !domain) return null
  const ascii = domainToASCII(hostname).replace(/^www\./, '')
  return /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(ascii) && ascii.length <= 253 ? ascii : null
}

/**
 * Domains by which the company behind an address can be known, the closest first: of `ada@mail.acme.co.uk` mail.acme.co.uk and
 * acme.co.uk. None where the address is of a public mail service.
 */
export function companyDomainsOf(address: string): string[] {
  const host = normalDomain(address.slice(address.lastIndexOf('@') + 1))
  if (host === null || isPublicMail(host)) return []
  const { domain } = parse(host)
  if (!domain || isPublicMail(domain)) return []
  const labels = host.split('.')
  const levels = labels.length - domain.split('.').length
  return Array.from({ length: levels + 1 }, (_label, level) => labels.slice(level).join('.'))
}
