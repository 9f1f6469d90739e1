import { contactCreated, contactDeleted, contactRestored, contactUpdated, memberRemoved } from '@ai-crm/contracts'
import { messaging } from '../ctx.ts'
import { heardOfMerge, heardOfSeparation } from './follow-merge.ts'
import { handOverConversations } from './hand-over.ts'
import { forgetContact, linkContact } from './link-contact.ts'

export const conversationConsumers = [
  messaging.consume({
    name: 'messaging.link-created-contact',
    event: contactCreated,
    handle: (scope, { data }) =>
      linkContact(scope, data.contactId, data.emails ? data.emails.map(({ address }) => address) : data.email === null ? [] : [data.email]),
  }),
  messaging.consume({
    name: 'messaging.link-updated-contact',
    event: contactUpdated,
    handle: async (scope, { data }) => {
      const { email, emails } = data.changes
      if (emails)
        await linkContact(
          scope,
          data.contactId,
          emails.to.map(({ address }) => address),
        )
      // A release from before the lists knows one address.
      else if (email) await linkContact(scope, data.contactId, email.to === null ? [] : [email.to])
    },
  }),
  messaging.consume({
    name: 'messaging.forget-deleted-contact',
    event: contactDeleted,
    handle: async (scope, { data: { contactId, mergedInto } }) => {
      await forgetContact(scope, contactId, mergedInto ? 'address' : 'contact')
      if (mergedInto) await heardOfMerge(scope, contactId, mergedInto)
    },
  }),
  messaging.consume({
    name: 'messaging.link-restored-contact',
    event: contactRestored,
    handle: async (scope, { data: { contactId, email, emails, separatedFrom } }) => {
      await linkContact(scope, contactId, emails ? emails.map(({ address }) => address) : email === null ? [] : [email])
      if (separatedFrom !== null) await heardOfSeparation(scope, contactId, separatedFrom)
    },
  }),
  messaging.consume({
    name: 'messaging.hand-over-of-member',
    event: memberRemoved,
    handle: (scope, { data }) => scope.enqueue(handOverConversations, { from: data.userId, to: data.handedOverTo }, { key: data.userId }),
  }),
]
