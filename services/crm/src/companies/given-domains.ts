import { isPublicMail, normalDomain } from './domain.ts'
import { notADomain, publicMailDomain } from './errors.ts'

/** The domains of a company, each once, in the given order. Throws `notADomain`, `publicMailDomain` (422), naming which. */
export function normalDomains(texts: readonly string[]): string[] {
  const domains = texts.map((text, index) => {
    const domain = normalDomain(text)
    if (domain === null) throw notADomain(text, index)
    if (isPublicMail(domain)) throw publicMailDomain(domain, index)
    return domain
  })
  return [...new Set(domains)]
}
