import type { Draft } from '@ai-crm/contracts'
import { expect, it } from 'vitest'
import { draftView } from './draft-view.ts'

const draft = (id: string, status: Draft['status'], basedOnMessageId = 'm1'): Draft => ({
  id,
  status,
  basedOnMessageId,
  conversationId: 'c',
  contactId: null,
  outdatedByMessageId: null,
  subject: 's',
  body: 'b',
  language: 'en',
  provider: 'local',
  model: 'local',
  tone: 'neutral',
  length: 'normal',
  sources: [],
  reason: null,
  diff: null,
  decidedBy: null,
  decidedAt: null,
  createdAt: '2026-01-01T00:00:00.000Z',
  version: 1,
})
const asked = { lastInboundMessageId: 'm1', lastDirection: 'inbound' } as const
const askedAgain = { lastInboundMessageId: 'm2', lastDirection: 'inbound' } as const

it('lets a draft be approved only while it has seen the newest message', () => {
  expect(draftView([draft('a', 'waiting')], asked, null).kind).toBe('waiting')
  expect(draftView([draft('a', 'waiting')], askedAgain, null).kind).toBe('stale')
  expect(draftView([draft('a', 'outdated')], askedAgain, null).kind).toBe('stale')
})

it('shows the newer draft, but keeps the one that a person is editing', () => {
  const drafts = [draft('b', 'waiting', 'm2'), draft('a', 'outdated')]
  expect(draftView(drafts, askedAgain, null)).toMatchObject({ kind: 'waiting', draft: { id: 'b' }, hasNewer: false })
  expect(draftView(drafts, askedAgain, 'a')).toMatchObject({ kind: 'stale', draft: { id: 'a' }, hasNewer: true })
})

it('shows nothing once the draft is decided or somebody answered', () => {
  expect(draftView([draft('a', 'approved')], asked, null).kind).toBe('none')
  expect(draftView([draft('a', 'rejected')], asked, null).kind).toBe('none')
  expect(draftView([draft('a', 'outdated')], { ...asked, lastDirection: 'outbound' }, null).kind).toBe('none')
  expect(draftView([], asked, null).kind).toBe('none')
})
