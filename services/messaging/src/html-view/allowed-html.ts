import type sanitizeHtml from 'sanitize-html'

const LENGTH = String.raw`-?\d{1,4}(?:\.\d{1,3})?(?:px|pt|em|rem|ex|%)?`
const lengths = [new RegExp(`^(?:(?:${LENGTH}|auto)(?:\\s+|$)){1,4}$`)]
const color = [/^#[0-9a-f]{3,8}$/i, /^rgba?\([\d\s.,%]{1,40}\)$/i, /^[a-z]{3,25}$/i]
const border = [new RegExp(`^(?:(?:${LENGTH}|none|solid|dashed|dotted|double|thin|medium|thick|#[0-9a-f]{3,8}|[a-z]{3,25}|rgba?\\([\\d\\s.,%]{1,40}\\))(?:\\s+|$)){1,3}$`, 'i')]
const words = (...allowed: string[]): RegExp[] => [new RegExp(`^(?:${allowed.join('|')})$`, 'i')]

/** No position, no url(), no expression: a mail cannot leave its frame or load anything. */
const STYLES: Record<string, RegExp[]> = {
  color,
  'background-color': color,
  background: color,
  'font-size': [...lengths, ...words('x-small', 'small', 'medium', 'large', 'x-large', 'smaller', 'larger')],
  'font-family': [/^[\p{L}\d\s,'"-]{1,200}$/u],
  'font-weight': words('normal', 'bold', 'bolder', 'lighter', String.raw`\d{3}`),
  'font-style': words('normal', 'italic', 'oblique'),
  'line-height': [...lengths, /^normal$/],
  'letter-spacing': lengths,
  'text-align': words('left', 'right', 'center', 'justify', 'start', 'end'),
  'text-decoration': words('none', 'underline', 'line-through'),
  'text-transform': words('none', 'uppercase', 'lowercase', 'capitalize'),
  'text-indent': lengths,
  'vertical-align': words('top', 'middle', 'bottom', 'baseline', 'sub', 'super'),
  'white-space': words('normal', 'nowrap', 'pre', 'pre-wrap', 'pre-line'),
  'word-break': words('normal', 'break-all', 'break-word'),
  'list-style-type': words('none', 'disc', 'circle', 'square', 'decimal'),
  'border-collapse': words('collapse', 'separate'),
  'border-spacing': lengths,
  display: words('none', 'block', 'inline', 'inline-block', 'table', 'table-row', 'table-cell', 'list-item'),
  direction: words('ltr', 'rtl'),
  ...Object.fromEntries(['width', 'height', 'max-width', 'max-height', 'min-width', 'min-height'].map((name) => [name, lengths])),
  ...Object.fromEntries(['margin', 'padding'].flatMap((name) => ['', '-top', '-right', '-bottom', '-left'].map((side) => [name + side, lengths]))),
  ...Object.fromEntries(['', '-top', '-right', '-bottom', '-left'].map((side) => [`border${side}`, border])),
  'border-radius': lengths,
}

const box = ['align', 'valign', 'width', 'height', 'bgcolor']

/** A strict allow-list (contract 28): no script, svg, math, style element, form, frame, id, class or handler. */
export const ALLOWED_HTML = {
  allowedTags: [
    'a', 'abbr', 'b', 'big', 'blockquote', 'br', 'caption', 'center', 'cite', 'code', 'col', 'colgroup', 'dd', 'del', 'div', 'dl', 'dt', 'em',
    'font', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'hr', 'i', 'img', 'ins', 'li', 'ol', 'p', 'pre', 'q', 's', 'small', 'span', 'strike', 'strong',
    'sub', 'sup', 'table', 'tbody', 'td', 'tfoot', 'th', 'thead', 'tr', 'tt', 'u', 'ul',
  ],
  allowedAttributes: {
    '*': ['style', 'dir', 'title'],
    a: ['href', 'target', 'rel'],
    img: ['src', 'alt', 'width', 'height'],
    font: ['color', 'face', 'size'],
    table: [...box, 'border', 'cellpadding', 'cellspacing'],
    td: [...box, 'colspan', 'rowspan', 'nowrap'],
    th: [...box, 'colspan', 'rowspan', 'nowrap'],
    tr: box,
    col: ['width', 'span'],
    div: ['align'],
    p: ['align'],
  },
  allowedStyles: { '*': STYLES },
  allowedSchemes: ['http', 'https', 'mailto', 'tel'],
  allowedSchemesByTag: { img: ['data', 'http', 'https'] },
  allowedSchemesAppliedToAttributes: ['href', 'src'],
  allowProtocolRelative: false,
  // The content of these is no text either.
  nonTextTags: ['script', 'style', 'textarea', 'option', 'noscript', 'title', 'svg', 'math', 'iframe', 'object', 'embed', 'template', 'xmp', 'noembed', 'noframes', 'select', 'audio', 'video', 'canvas', 'applet'],
  nestingLimit: 300,
} satisfies sanitizeHtml.IOptions
