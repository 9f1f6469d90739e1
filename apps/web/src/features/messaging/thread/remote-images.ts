import { api } from '../../../lib/api/api.ts'

/** As the server writes it: see SafeHtml in the contracts. */
const PLACE = /data-remote-image="(\d{1,2})"/g
const SHOWABLE = /^image\/(?:png|gif|jpeg|webp)$/
const AT_ONCE = 6
/** Of all images of a mail together. */
const MAX_BYTES = 20 * 1024 * 1024

/**
 * The document with its remote images in it. They come through our server, so that their senders learn nothing of who
 * looks; the frame itself may load nothing. An image that cannot be had is left out.
 */
export async function withRemoteImages(messageId: string, html: string, signal: AbortSignal): Promise<string> {
  const waiting = [...new Set([...html.matchAll(PLACE)].map(([, index]) => Number(index)))]
  const images = new Map<number, string>()
  let bytes = 0
  while (waiting.length > 0 && bytes < MAX_BYTES) {
    const loaded = await Promise.all(waiting.splice(0, AT_ONCE).map(async (index) => ({ index, image: await load(messageId, index, signal) })))
    for (const { index, image } of loaded) {
      bytes += image?.size ?? 0
      if (image && bytes <= MAX_BYTES) images.set(index, await toDataUrl(image))
    }
  }
  return html.replaceAll(PLACE, (_place, index: string) => {
    const url = images.get(Number(index))
    return url ? `src="${url}"` : ''
  })
}

async function load(messageId: string, index: number, signal: AbortSignal): Promise<Blob | null> {
  try {
    const image = await api.messaging.getRemoteImage({ params: { messageId, index }, signal })
    return SHOWABLE.test(image.type) ? image : null
  } catch {
    // Gone, too large, no image: the mail is shown without it, as mail programs do.
    signal.throwIfAborted()
    return null
  }
}

const toDataUrl = (image: Blob): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(typeof reader.result === 'string' ? reader.result : '')
    reader.onerror = () => reject(reader.error ?? new Error('The image could not be read.'))
    reader.readAsDataURL(image)
  })
