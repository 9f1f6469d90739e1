import type { SafeHtml } from '@ai-crm/contracts'
import { isGivenOut, notFound } from '@ai-crm/platform'
import { sql } from 'kysely'
import { readContent } from '../content/read-content.ts'
import { attachmentPart } from '../content/store-content.ts'
import { mayReadThrough } from '../conversations/conversation-reach.ts'
import type { Ctx } from '../ctx.ts'
import { plainDocument } from '../html-view/html-document.ts'
import type { EmbeddedImage } from '../html-view/mail-images.ts'
import { mailWorkers } from '../workers/mail-workers.ts'

/** Together: they travel inside the document. */
const MAX_IMAGES_BYTES = 5 * 1024 * 1024
const MAX_IMAGES = 30

/** The mail as its sender laid it out, made harmless in a worker; as plain text where that takes too long. */
export async function getMessageHtml(ctx: Ctx, messageId: string, remoteImages: 'block' | 'show'): Promise<SafeHtml> {
  const message = await ctx.db
    .selectFrom('message')
    .select(['html', 'text', 'quotedText'])
    .where('id', '=', messageId)
    .where(mayReadThrough(ctx, 'message.conversationId'))
    .executeTakeFirst()
  if (!message) throw notFound('message')
  const plain = plainDocument([message.text, message.quotedText].filter(Boolean).join('\n\n'))
  if (message.html === null) return { html: plain, blockedRemoteCount: 0 }

  const images = /cid:/i.test(message.html) ? await readImages(ctx, messageId) : []
  const input = { html: message.html, images, isRemoteShown: remoteImages === 'show' }
  try {
    const { document, blockedRemoteCount } = await mailWorkers.run('sanitizeMailHtml', input)
    return { html: document ?? plain, blockedRemoteCount }
  } catch (error) {
    ctx.log.warn({ err: error, messageId }, 'HTML of a message is shown as text')
    return { html: plain, blockedRemoteCount: 0 }
  }
}

/** The images that came with the mail, as many as fit; one after another, so that they never are in memory twice. */
async function readImages(ctx: Ctx, messageId: string): Promise<EmbeddedImage[]> {
  const rows = await ctx.db
    .selectFrom('attachment')
    .select(['position', 'contentId', 'contentType', 'sizeBytes', 'scanState', sql<boolean>`content is not null`.as('isInline')])
    .where('messageId', '=', messageId)
    .where('contentId', 'is not', null)
    .where('contentType', 'like', 'image/%')
    .where('sizeBytes', '<=', MAX_IMAGES_BYTES)
    .orderBy('position')
    .limit(MAX_IMAGES)
    .execute()
  const images: EmbeddedImage[] = []
  let room = MAX_IMAGES_BYTES
  for (const { position, contentId, contentType, sizeBytes, isInline } of rows.filter((row) => isGivenOut(ctx.config, row))) {
    if (sizeBytes > room) continue
    room -= sizeBytes
    const content = await readContent(ctx.db, { messageId, part: attachmentPart(position), sizeBytes, isInline })
    images.push({ contentId: contentId ?? '', contentType, content })
  }
  return images
}
