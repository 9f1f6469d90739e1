export const inbox = {
  folders: { open: 'Open', mine: 'Mine', unassigned: 'Unassigned', snoozed: 'Snoozed', closed: 'Done', all: 'All' },
  list: 'Conversations', search: 'Search conversations', clearSearch: 'Clear search', unread: 'Unread', draftWaiting: 'Draft waiting', assignedTo: 'Assigned to {{name}}',
  noSubject: '(no subject)', you: 'You:', messages_one: '{{count}} message', messages_other: '{{count}} messages',
  choose: 'Choose a conversation', chooseText: 'J and K walk through the list, Enter opens, E marks as done.',
  unreadCount_one: '{{count}} unread conversation', unreadCount_other: '{{count}} unread conversations',
  moreThan: '{{count}}+',
  empty: {
    open: 'Nothing waits for an answer', openText: 'New e-mails appear here by themselves, with a draft beside them.',
    mine: 'Nothing is assigned to you', mineText: 'Open a conversation and press I to take it.',
    unassigned: 'Everything has somebody', unassignedText: 'Conversations that nobody took yet are listed here.',
    snoozed: 'Nothing is snoozed', snoozedText: 'A snoozed conversation returns at its time, or when the customer writes.',
    closed: 'Nothing is done yet', closedText: 'Press E in a conversation to mark it as done.',
    all: 'No conversations yet', allText: 'Every conversation of the organisation is listed here.',
    search: 'Nothing found', searchText: 'No conversation matches “{{query}}”.',
  },
  first: {
    title: 'Send yourself the first e-mail', text: 'This is your organisation’s inbound address. Whatever is written to it appears here within two seconds.',
    address: 'Inbound address', command: 'Ready command: paste it into a terminal', commandText: 'Or use any mail program with {{host}} port {{port}} as the outgoing server.',
    sampleSubject: 'Question about your prices', sampleText: 'Hello! Do you have a plan for a team of five? What would it cost? Best regards, Ada',
  },
}

export const thread = {
  label: 'Messages', earlier: 'Show earlier messages', to: 'to {{names}}', showQuoted: 'Show quoted text', hideQuoted: 'Hide quoted text',
  attachments_one: '{{count}} attachment', attachments_other: '{{count}} attachments', download: 'Download {{name}}', source: 'Download the original (.eml)',
  asText: 'As plain text', asHtml: 'With formatting', htmlTitle: 'Formatted message from {{name}}',
  imagesBlocked_one: '{{count}} remote image is blocked: it would tell the sender that you read this.', imagesBlocked_other: '{{count}} remote images are blocked: they would tell the sender that you read this.', showImages: 'Show images',
  autoReply: 'Automatic reply', byDraft: 'From an AI draft', noText: 'This message has no text.', contact: 'Contact', showContact: 'Show contact panel', hideContact: 'Hide contact panel',
  flags: { title: 'Parts of this message could not be read. The original is kept.', unparsable: 'It is not a valid e-mail.', 'too-many-parts': 'It has too many parts.', 'html-too-complex': 'Its formatting is too complex to show safely.', 'charset-unknown': 'Its character set is unknown.', 'no-message-id': 'It has no Message-ID.' },
  state: {
    queued: 'Queued', queuedFor: 'Leaves in {{seconds}} s', sending: 'Sending', sent: 'Sent', failed: 'Not delivered', unknown: 'Unknown whether it arrived', held: 'Held back', cancelled: 'Taken back',
    unknownText: 'The connection broke after the message was handed over. It is never sent again without your word.',
    heldText: 'The customer wrote again after this was approved. Read the new message first.',
    failedText: 'The receiving server refused it.',
    reason: 'Reason: {{reason}}',
  },
  decide: { undo: 'Undo', again: 'Send again', anyway: 'Send anyway', arrived: 'It arrived', discard: 'Discard', againTitle: 'Send it once more?', againText: 'If the first one did arrive, the customer gets it twice.' },
  takenBack: 'The reply was taken back.', decided: 'Done.',
  actions: { close: 'Done', reopen: 'Reopen', snooze: 'Snooze', assign: 'Assign', assignToMe: 'Assign to me', unassign: 'Nobody', unread: 'Mark as unread', wake: 'End snooze' },
  snooze: { hours: 'In 3 hours', tomorrow: 'Tomorrow, 9:00', week: 'Next Monday, 9:00', until: 'Snoozed until {{time}}' },
  status: { open: 'Open', snoozed: 'Snoozed', closed: 'Done' },
  closed: 'Marked as done.', snoozed: 'Snoozed.', reopened: 'Reopened.', conflict: 'Somebody changed this conversation just now. You see the newest state; try again.',
}

export const composer = {
  label: 'Reply', placeholder: 'Write to {{name}}…', open: 'Reply to {{name}}', subject: 'Subject', send: 'Send', to: 'To', signature: 'The channel’s signature is added below.', noSignature: 'No signature. Set one in Settings → Mail channels.',
  queued: 'The reply leaves in a moment.', newerTitle: 'The customer wrote again', newerText: 'A message arrived that you may not have seen. Read it first, or send your reply as it is.', sendAnyway: 'Send anyway', readFirst: 'Read it first', discard: 'Close the reply',
}

export const channels = {
  title: 'Mail channels', text: 'Each channel has an inbound address: forward your public address to it, or give it to customers.', inbound: 'Inbound address',
  health: { ok: 'Healthy', failing: 'Failing', unused: 'No mail yet' }, lastIn: 'Last received', lastOut: 'Last sent', never: 'never', lastError: 'Last error',
  transport: 'Outgoing mail', relay: 'Replies leave through the relay {{host}}.', local: 'No relay is configured: replies do not leave this installation.',
  localText: 'They go to the local mailbox, which stands in for the world. Set SMTP_RELAY_URL to send real mail.', openLocal: 'Open the local mailbox',
  name: 'Channel name', signature: 'Signature', signatureHint: 'Added below every reply from this channel.', try: 'Send a first e-mail', tryText: 'Any program that speaks SMTP will do. With swaks:', tryCurl: 'Or with curl, which is installed nearly everywhere:', noPort: 'Mail arrives through the MX of your domain: simply write to the address.',
  newer: 'Somebody changed this channel just now. You see the newest version; save again.',
}

export const localMailbox = {
  title: 'Local mailbox', text: 'A stand-in for the outside world: what “left” while no relay is configured. Answer as the customer, and the answer arrives by real SMTP.',
  empty: 'Nothing has left yet', emptyText: 'Approve a draft or send a reply: it appears here instead of on the internet.', to: 'to {{names}}', answer: 'Answer as the customer', answerLabel: 'The customer’s answer', sendAnswer: 'Send answer', sent: 'The answer is on its way to your inbox.', openConversation: 'Open conversation', list: 'Mail that left',
}
