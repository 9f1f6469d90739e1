import fc from 'fast-check'
import { sanitizeMailHtml } from '../../../services/messaging/src/html-view/sanitize-mail-html.ts'
import { mutatedVector } from '../../../services/messaging/src/html-view/test-mutated-vector.ts'
import { XSS_VECTORS } from '../../../services/messaging/src/html-view/xss-vectors.ts'

/** Tells the page around the frame, also across origins; without quotes, so that it fits wherever `alert(1)` stood. */
const ALARM = 'parent.postMessage(1,atob(/Kg/.source))'
const armed = (html: string): string => html.replaceAll('alert(1)', ALARM)

export const HOSTILE_VECTORS: readonly string[] = XSS_VECTORS.map(armed)

export const hostileMutations = (count: number, seed: number): string[] => fc.sample(mutatedVector, { numRuns: count, seed }).map(armed)

/** A document of the product: by the sanitiser itself, as the worker calls it. */
export function documentOf(html: string): string {
  const { document } = sanitizeMailHtml({ html, images: [], isRemoteShown: true })
  if (document === null) throw new Error('A vector is too complex to be sanitised.')
  return document
}

/** What the sanitiser let through, without the policy that stands before it. */
export const bodyOf = (document: string): string => document.slice(document.indexOf('<body>') + '<body>'.length, document.lastIndexOf('</body>'))
