import { SystemMailTemplate, type SystemMailParameters } from '@ai-crm/contracts'
import { expect, it } from 'vitest'
import { renderHtml } from '../render-html.ts'
import { renderText } from '../render-text.ts'
import { wordMail } from './word-mail.ts'

const at = '2026-02-03T04:05:00.000Z'
const link = 'https://crm.example/page?a=1&b=2#secret'
const nasty = '"><img src=x onerror=alert(1)>'
const parameters: SystemMailParameters = {
  'verify-email': { name: nasty, organizationName: nasty, link, expiresAt: at },
  'sign-up-with-existing-account': { link, resetLink: link },
  'reset-password': { name: nasty, link, expiresAt: at },
  'sign-in-by-sso': { name: nasty, link, resetLink: link, expiresAt: at },
  'password-changed': { name: nasty, at, device: nasty, link },
  'confirm-new-email': { name: nasty, link, expiresAt: at },
  'email-changed': { name: nasty, newEmail: nasty, link, expiresAt: at },
  'session-reuse-detected': { name: nasty, at, device: nasty, link },
  'new-device-sign-in': { name: nasty, at, device: nasty, place: nasty, link },
  'factor-added': { name: nasty, at, factor: 'passkey', device: nasty, link },
  'factor-removed': { name: nasty, at, factor: 'totp', device: nasty, link },
  'identity-linked': { name: nasty, at, provider: nasty, account: nasty, device: nasty, link },
  'identity-unlinked': { name: nasty, at, provider: nasty, account: nasty, device: nasty, link },
  'factor-reset-scheduled': { name: nasty, requestedBy: nasty, resetsAt: at, link },
  'factors-reset': { name: nasty, at, link },
  invitation: { organizationName: nasty, inviterName: nasty, roleName: nasty, link, expiresAt: at },
  'organization-deletion-scheduled': { name: nasty, organizationName: nasty, requestedBy: nasty, deletesAt: at, link },
  'organization-export-requested': { name: nasty, organizationName: nasty, requestedBy: nasty, at, link },
  'organization-export-ready': { name: nasty, organizationName: nasty, requestedBy: nasty, deletesAt: at, link },
  'organization-setup-failed': { name: nasty, organizationName: nasty, link },
  'domain-failing': { name: nasty, organizationName: nasty, domain: nasty, recordName: nasty, recordValue: nasty, lapsesAt: at, link },
  'domain-lapsed': { name: nasty, organizationName: nasty, domain: nasty, link },
  'task-reminder': { name: nasty, organizationName: nasty, title: nasty, dueAt: at, link },
  'note-mention': { name: nasty, organizationName: nasty, writtenBy: nasty, link },
  'malware-found': { name: nasty, organizationName: nasty, where: 'message', finding: nasty, at, link },
  'access-opened': { name: nasty, organizationName: nasty, kind: 'webhook', what: nasty, doneBy: nasty, at, link },
  'webhook-disabled': { name: nasty, organizationName: nasty, url: nasty, reason: 'failing', failingSince: at, link },
}
const cases = SystemMailTemplate.options.flatMap((template) => (['en', 'ru'] as const).map((locale) => [template, locale] as const))
const write = (template: SystemMailTemplate, locale: 'en' | 'ru') => wordMail(locale, template, parameters[template])

it.each(cases)('%s in %s: the HTML holds no markup of others, nothing remote, and the link', (template, locale) => {
  const html = renderHtml(locale, write(template, locale))
  expect(html).toContain(`<html lang="${locale}">`)
  expect(html).not.toMatch(/<img|<script|<link|url\(|@import|onerror=alert\(1\)>"/i)
  expect(html).toContain('href="https://crm.example/page?a=1&amp;b=2#secret"')
})

it.each(cases)('%s in %s: the text says the same, link included', (template, locale) => {
  const words = write(template, locale)
  const text = renderText(words)
  for (const part of [words.heading, ...words.paragraphs, link, ...words.facts.flat()]) expect(text).toContain(part)
})

it('has every mail in Russian', () => {
  for (const template of SystemMailTemplate.options)
    expect(`${write(template, 'ru').heading} ${write(template, 'ru').paragraphs.join(' ')}`).toMatch(/[а-я]{4}/)
})

it('refuses links that no browser should follow', () => {
  expect(() => wordMail('en', 'reset-password', { name: 'Ada', link: 'javascript:alert(1)', expiresAt: at })).toThrow()
})
