const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/**
 * A whole document for `<iframe sandbox srcdoc>`. Its policy is the second wall: what a sanitiser missed has
 * nothing to run, load or send with.
 */
function htmlDocument(body: string): string {
  const policy = [
    "default-src 'none'",
    // Remote images come through us and into the document: the frame itself never calls anybody.
    'img-src data:',
    "style-src 'unsafe-inline'",
    "form-action 'none'",
    "base-uri 'none'",
  ].join('; ')
  return [
    '<!doctype html><html><head><meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="referrer" content="no-referrer"><meta name="viewport" content="width=device-width">',
    '<style>body{margin:0;font:14px/1.5 system-ui,sans-serif;color:#1c1c1c;background:#fff;overflow-wrap:anywhere}img{max-width:100%}blockquote{margin:0 0 0 .8ex;padding-left:1ex;border-left:2px solid #ccc}pre{white-space:pre-wrap}</style>',
    `</head><body>${body}</body></html>`,
  ].join('')
}

export const sanitizedDocument = htmlDocument

/** What is shown where the HTML cannot be. */
export const plainDocument = (text: string): string => htmlDocument(`<pre>${escape(text)}</pre>`)
