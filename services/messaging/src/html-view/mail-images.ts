export interface EmbeddedImage {
  contentId: string
  contentType: string
  content: Uint8Array
}

export type ImageChoice =
  /** Travels inside the document. */
  | { kind: 'inline'; src: string }
  /** Number of its address in `remoteUrls`. */
  | { kind: 'remote'; index: number }
  | { kind: 'none' }

export interface ImageChooser {
  choose(src: string): ImageChoice
  /** Each address once, in the order of the document. */
  readonly remoteUrls: readonly string[]
}

/** Together; a mail that refers to one image a thousand times does not grow a thousandfold. */
const MAX_INLINED_CHARS = 8 * 1024 * 1024
const MAX_REMOTE_URLS = 50
const MAX_URL_CHARS = 2_048
const DATA_IMAGE = /^data:image\/(?:png|gif|jpe?g|webp);base64,[a-z0-9+/=\s]+$/i
const SHOWABLE = /^image\/(?:png|gif|jpeg|webp)$/
const NONE: ImageChoice = { kind: 'none' }

/** Decides about every `src` of a mail: embedded images become data: URLs, remote ones are only counted up. */
export function imageChooser(images: readonly EmbeddedImage[]): ImageChooser {
  const byId = new Map(images.filter(({ contentType }) => SHOWABLE.test(contentType)).map((image) => [image.contentId, image]))
  const remoteUrls: string[] = []
  let inlinedChars = 0
  const inline = (src: string): ImageChoice => {
    inlinedChars += src.length
    return inlinedChars > MAX_INLINED_CHARS ? NONE : { kind: 'inline', src }
  }
  const remote = (url: string): ImageChoice => {
    const known = remoteUrls.indexOf(url)
    if (known >= 0) return { kind: 'remote', index: known }
    if (remoteUrls.length >= MAX_REMOTE_URLS || url.length > MAX_URL_CHARS) return NONE
    return { kind: 'remote', index: remoteUrls.push(url) - 1 }
  }
  return {
    remoteUrls,
    choose(given) {
      const src = given.trim()
      if (/^cid:/i.test(src)) {
        const image = byId.get(decodeContentId(src.slice(4)))
        return image ? inline(`data:${image.contentType};base64,${Buffer.from(image.content).toString('base64')}`) : NONE
      }
      if (DATA_IMAGE.test(src)) return inline(src)
      return /^https?:\/\//i.test(src) ? remote(src) : NONE
    },
  }
}

function decodeContentId(id: string): string {
  try {
    return decodeURIComponent(id)
  } catch {
    // A stray percent sign: the id as it stands.
    return id
  }
}
