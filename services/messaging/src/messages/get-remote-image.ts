import { cacheKey, createEgress, defineError, EgressError, notFound, type FileBody } from '@ai-crm/platform'
import { z } from 'zod'
import { mayReadThrough } from '../conversations/conversation-reach.ts'
import type { Ctx } from '../ctx.ts'
import { imageTypeOf } from '../mail-parsing/attachments.ts'
import { mailWorkers } from '../workers/mail-workers.ts'

export const imageUnavailable = defineError('messaging.image.unavailable', 422, (why: string) => `The image could not be loaded: ${why}`)

const MAX_IMAGE_BYTES = 5 * 1024 * 1024
const TIMEOUT_MS = 8_000
const KEPT_SECONDS = 24 * 60 * 60
const URLS_KEPT_SECONDS = 600
const Urls = z.array(z.string())

/**
 * C3: a remote image of a mail, fetched by us, without cookies, referrer or address of whoever looks. It is one only if
 * its bytes say so.
 */
export async function getRemoteImage(ctx: Ctx, messageId: string, index: number): Promise<FileBody> {
  const url = (await remoteUrlsOf(ctx, messageId))[index]
  if (url === undefined) throw notFound('image')
  const { status, body } = await fetchImage(ctx, url)
  if (status !== 200) throw imageUnavailable(`its server answered ${status}.`)
  const contentType = await imageTypeOf(body)
  if (contentType === null) throw imageUnavailable('what came is no PNG, JPEG, GIF or WebP.')
  return { contentType, fileName: `image-${index}.${contentType.slice('image/'.length)}`, body, maxAgeSeconds: KEPT_SECONDS }
}

async function fetchImage(ctx: Ctx, url: string) {
  try {
    const headers = { accept: 'image/png, image/jpeg, image/gif, image/webp' }
    return await createEgress({ allowedHosts: ctx.config.EGRESS_ALLOWED_HOSTS }).fetch({
      method: 'GET',
      url,
      headers,
      maxBytes: MAX_IMAGE_BYTES,
      totalTimeoutMs: TIMEOUT_MS,
      signal: ctx.signal,
    })
  } catch (error) {
    throw error instanceof EgressError ? imageUnavailable(error.message) : error
  }
}

/** From the mail itself, never from whoever asks: a number in, an address out. Throws 404. */
async function remoteUrlsOf(ctx: Ctx, messageId: string): Promise<string[]> {
  const message = await ctx.db
    .selectFrom('message')
    .select('html')
    .where('id', '=', messageId)
    .where(mayReadThrough(ctx, 'message.conversationId'))
    .executeTakeFirst()
  if (!message) throw notFound('message')
  if (message.html === null) return []
  const key = cacheKey(ctx.organizationId, 'messaging.remote-urls', messageId)
  const known = await ctx.cache.get(key)
  if (known !== null) return Urls.parse(JSON.parse(known))
  const { remoteUrls } = await mailWorkers.run('sanitizeMailHtml', { html: message.html, images: [], isRemoteShown: true })
  await ctx.cache.set(key, JSON.stringify(remoteUrls), URLS_KEPT_SECONDS)
  return [...remoteUrls]
}
