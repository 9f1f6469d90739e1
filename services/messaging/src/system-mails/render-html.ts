import type { Locale } from '@ai-crm/contracts'
import type { Wording } from './wording/wording.ts'

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escape = (text: string): string => text.replaceAll(/[&<>"']/g, (letter) => ENTITIES[letter] ?? letter)

const FONT = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"

/** For mail programs that know it; the others show the light colours that stand beside each element. */
const DARK = `
  @media (prefers-color-scheme: dark) {
    body, .page { background: #16171a !important; }
    .card { background: #212327 !important; border-color: #3a3d44 !important; }
    .ink { color: #f1f2f4 !important; }
    .muted { color: #b3b7c0 !important; }
    .button { background: #8b9bff !important; color: #10121a !important; }
    .link { color: #a9b5ff !important; }
  }`

const paragraph = (text: string): string => `<p class="ink" style="margin:0 0 16px;font-size:16px;line-height:24px;color:#1b1d22">${escape(text)}</p>`

const factRow = ([name, value]: readonly [string, string]): string =>
  `<tr><th scope="row" class="muted" style="padding:2px 16px 2px 0;text-align:left;vertical-align:top;font-weight:400;color:#565b66">${escape(name)}</th>` +
  `<td class="ink" style="padding:2px 0;color:#1b1d22;word-break:break-word">${escape(value)}</td></tr>`

const button = ({ label, link }: { label: string; link: string }): string =>
  `<p style="margin:8px 0 20px"><a class="button" href="${escape(link)}" style="display:inline-block;padding:12px 20px;border-radius:8px;background:#3b4cca;color:#ffffff;font-size:16px;line-height:20px;font-weight:600;text-decoration:none">${escape(label)}</a></p>` +
  `<p class="muted" style="margin:0 0 16px;font-size:13px;line-height:20px;color:#565b66;word-break:break-all"><a class="link" href="${escape(link)}" style="color:#3442b0">${escape(link)}</a></p>`

/** One document without scripts, images or anything remote; inline styles, readable in light and dark. */
export function renderHtml(locale: Locale, { subject, heading, paragraphs, facts, action, closing }: Wording): string {
  const parts = [
    `<h1 class="ink" style="margin:0 0 16px;font-size:22px;line-height:28px;color:#1b1d22">${escape(heading)}</h1>`,
    ...paragraphs.map(paragraph),
    facts.length > 0 ? `<table style="margin:0 0 16px;border-collapse:collapse;font-size:15px;line-height:22px">${facts.map(factRow).join('')}</table>` : '',
    action ? button(action) : '',
    closing === '' ? '' : `<p class="muted" style="margin:0;font-size:14px;line-height:22px;color:#565b66">${escape(closing)}</p>`,
  ]
  return `<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escape(subject)}</title>
<style>${DARK}
</style>
</head>
<body style="margin:0;padding:0;background:#f4f5f7;${FONT}">
<div class="page" style="background:#f4f5f7;padding:32px 16px">
<main class="card" style="max-width:560px;margin:0 auto;background:#ffffff;border:1px solid #dfe2e8;border-radius:12px;padding:32px">
<p class="muted" style="margin:0 0 24px;font-size:14px;font-weight:600;color:#565b66">AI CRM</p>
${parts.filter((part) => part !== '').join('\n')}
</main>
</div>
</body>
</html>
`
}
