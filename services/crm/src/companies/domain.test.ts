import fc from 'fast-check'
import { expect, it } from 'vitest'
import { companyDomainsOf, isPublicMail, normalDomain } from './domain.ts'
import { normalDomains } from './given-domains.ts'

it.each([
  ['Acme.Example', 'acme.example'],
  [' https://www.acme.example/about?x=1 ', 'acme.example'],
  ['mail.acme.co.uk', 'mail.acme.co.uk'],
  ['рога.рф', 'xn--80af6ah.xn--p1ai'],
  ['http://acme.example:8080', 'acme.example'],
  ['co.uk', null],
  ['localhost', null],
  ['127.0.0.1', null],
  ['two words.example', null],
  ['', null],
  ['-', null],
  ["'; drop table crm.company; --", null],
])('takes %j for the domain %j', (text, domain) => {
  expect(normalDomain(text)).toBe(domain)
})

it.each(['gmail.com', 'mail.ru', 'bk.ru', 'yandex.ru', 'ya.ru', 'internet.ru', 'outlook.com', 'proton.me', 'icloud.com'])(
  'knows that anybody can be at %s',
  (domain) => {
    expect(isPublicMail(domain)).toBe(true)
    expect(companyDomainsOf(`ada@${domain}`)).toEqual([])
  },
)

it.each([
  ['ada@acme.example', ['acme.example']],
  ['ada@eu.mail.acme.co.uk', ['eu.mail.acme.co.uk', 'mail.acme.co.uk', 'acme.co.uk']],
  ['"a@b"@acme.example', ['acme.example']],
  ['ada@рога.рф', ['xn--80af6ah.xn--p1ai']],
  ['ada@co.uk', []],
  ['ada@[127.0.0.1]', []],
  ['ada', []],
])('looks for the company of %s at %j', (address, domains) => {
  expect(companyDomainsOf(address)).toEqual(domains)
})

it('keeps each domain once, in the given order, and is at rest after that', () => {
  const label = fc.stringMatching(/^[a-z][a-z0-9]{1,8}$/)
  const domain = fc.tuple(label, fc.constantFrom('example', 'com', 'co.uk', 'рф')).map(([name, suffix]) => `${name}-own.${suffix}`)
  fc.assert(
    fc.property(fc.array(domain, { maxLength: 8 }), (texts) => {
      const domains = normalDomains(texts)
      expect(new Set(domains).size).toBe(domains.length)
      expect(normalDomains(domains)).toEqual(domains)
      expect(normalDomains(texts.map((text) => `HTTPS://WWW.${text.toUpperCase()}/`))).toEqual(domains)
    }),
  )
})
