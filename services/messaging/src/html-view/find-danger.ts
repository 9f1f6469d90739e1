import { Parser } from 'htmlparser2'
import { ALLOWED_HTML } from './allowed-html.ts'

const TAGS = new Set(ALLOWED_HTML.allowedTags)
const ATTRIBUTES = new Set(Object.values(ALLOWED_HTML.allowedAttributes).flat())
const BODY_START = '<body>'

/**
 * What in a sanitised document could run, load or navigate: the oracle of the tests, written apart from the sanitiser.
 * Looks at the body; the head is ours.
 */
export function findDanger(document: string): string[] {
  const found: string[] = []
  const body = document.slice(document.indexOf(BODY_START) + BODY_START.length, document.lastIndexOf('</body>'))
  const parser = new Parser({
    onopentag(name, attributes) {
      if (!TAGS.has(name)) found.push(`<${name}>`)
      for (const [attribute, value] of Object.entries(attributes)) {
        if (!ATTRIBUTES.has(attribute)) found.push(`${name}[${attribute}]`)
        if (attribute === 'href' && !/^(?:https?:\/\/|mailto:|tel:)/i.test(value)) found.push(`href=${value}`)
        if (attribute === 'src' && !/^data:image\/(?:png|gif|jpe?g|webp);base64,/i.test(value)) found.push(`src=${value}`)
        if (attribute === 'style' && /url|expression|position|import|behavior|binding|[\\@<{}]/i.test(value)) found.push(`style=${value}`)
      }
    },
    oncomment: () => found.push('comment'),
    onprocessinginstruction: () => found.push('processing instruction'),
  })
  parser.end(body)
  return found
}
