/** Languages that people are offered (ISO 639): those that a business is likely to write in. Any other that somebody has is offered beside them. */
const CODES =
  'af am ar az be bg bn bs ca cs cy da de el en es et eu fa fi fil fr ga gl gu he hi hr hu hy id is it ja ka kk km kn ko ky lo lt lv mk ml mn mr ms my ne nl no pa pl pt pt-BR ro ru si sk sl sq sr sv sw ta te tg th tk tr tt uk ur uz vi zh zh-Hant zu'.split(
    ' ',
  )

/** In the reader's own language; the tag where nobody has a name for it. */
export function languageName(tag: string, reader: string): string {
  const name = new Intl.DisplayNames(reader, { type: 'language' }).of(tag) ?? tag
  return name.charAt(0).toLocaleUpperCase(reader) + name.slice(1)
}

export const offeredLanguages = (): readonly string[] => CODES
