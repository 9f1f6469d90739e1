export interface EmbeddedImage {
  contentId: string
  contentType: string
  content: Uint8Array
}

export interface ImageChoice {
  /** What `src` becomes; null takes the image out. */
  src: string | null
  isRemote: boolean
}

/** Together; a mail that refers to one image a thousand times does not grow a thousandfold. */
const MAX_INLINED_CHARS = 8 * 1024 * 1024
const DATA_IMAGE = /^data:image\/(?:png|gif|jpe?g|webp);base64,[a-z0-9+/=\s]+$/i
const SHOWABLE = /^image\/(?:png|gif|jpeg|webp)$/

/** Decides about every `src` of a mail: embedded images become data: URLs, remote ones wait until asked for. */
export function imageChooser(images: readonly EmbeddedImage[], isRemoteShown: boolean): (src: string) => ImageChoice {
  const byId = new Map(images.filter(({ contentType }) => SHOWABLE.test(contentType)).map((image) => [image.contentId, image]))
  let inlinedChars = 0
  const inline = (url: string): ImageChoice => {
    inlinedChars += url.length
    return { src: inlinedChars > MAX_INLINED_CHARS ? null : url, isRemote: false }
  }
  return (given) => {
    const src = given.trim()
    if (/^cid:/i.test(src)) {
      const image = byId.get(decodeContentId(src.slice(4)))
      return image ? inline(`data:${image.contentType};base64,${Buffer.from(image.content).toString('base64')}`) : { src: null, isRemote: false }
    }
    if (DATA_IMAGE.test(src)) return inline(src)
    if (!/^https?:\/\//i.test(src)) return { src: null, isRemote: false }
    return { src: isRemoteShown ? src : null, isRemote: true }
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
