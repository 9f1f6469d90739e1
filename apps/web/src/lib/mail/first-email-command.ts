export interface FirstEmail {
  host: string
  port: number
  to: string
  subject: string
  text: string
}

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`
const base64 = (text: string): string => btoa(String.fromCharCode(...new TextEncoder().encode(text)))

/** Headers may hold ASCII only; RFC 2047 says how the rest is written. */
const headerText = (text: string): string => (/^[\x20-\x7e]*$/.test(text) ? text : `=?UTF-8?B?${base64(text)}?=`)

/** swaks: one line in a terminal that sends one e-mail. */
export function swaksCommand({ host, port, to, subject, text }: FirstEmail): string {
  return [
    `swaks --server ${host}:${port} \\`,
    `  --from ada@example.org --to ${to} \\`,
    `  --h-Subject ${quoted(headerText(subject))} \\`,
    `  --add-header 'Content-Type: text/plain; charset=utf-8' \\`,
    `  --body ${quoted(text)}`,
  ].join('\n')
}

/** The same with curl, which most machines have. `printf` makes the CRLF that SMTP wants. */
export function curlCommand({ host, port, to, subject, text }: FirstEmail): string {
  const lines = ['From: Ada <ada@example.org>', `To: ${to}`, `Subject: ${headerText(subject)}`, 'Content-Type: text/plain; charset=utf-8', '', text]
  return [
    `printf '%s\\r\\n' ${lines.map(quoted).join(' ')} \\`,
    `  | curl --url smtp://${host}:${port} --mail-from ada@example.org --mail-rcpt ${to} --upload-file -`,
  ].join('\n')
}
