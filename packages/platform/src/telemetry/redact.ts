/**
 * Blots out what looks like a secret, wherever in a line of log it stands: passwords in URLs, bearer and basic
 * credentials, JWTs, our own refresh tokens and API keys, `password=…`.
 */
export function redactSecrets(text: string): string {
  return text
    .replaceAll(/(:\/\/[^\s:/@"]*:)[^\s@/"]+@/g, '$1***@')
    .replaceAll(/\b(Bearer|Basic)\s+[\w.~+/=-]+/gi, '$1 ***')
    .replaceAll(/\beyJ[\w-]{5,}\.[\w-]+\.[\w-]*/g, '***')
    .replaceAll(/\b(sk|pk|rk)[-_][\w-]{12,}/g, '***')
    .replaceAll(/"(\w*(?:password|secret|token|apiKey|authorization|cookie))":"[^"]*"/gi, '"$1":"***"')
    .replaceAll(/\b(\w*(?:password|passwd|secret|token|api_?key))=[^\s"\\&;,]+/gi, '$1=***')
}
