export const draft = {
  title: 'AI draft', region: 'AI draft of the reply', local: 'local drafter, no model', model: 'Model: {{model}}', writing: 'Writing…', sources: 'Drawn from', noSources: 'No note was used.',
  approve: 'Approve & send', approveEdited: 'Approve edited & send', edit: 'Edit', stopEditing: 'Discard edits', use: 'Use in reply', useHint: 'Copy it into your own reply; the draft stays.', reject: 'Reject', regenerate: 'Regenerate', generate: 'Draft with AI',
  tone: 'Tone', length: 'Length', tones: { neutral: 'Neutral', friendly: 'Friendly', formal: 'Formal' }, lengths: { short: 'Short', normal: 'Normal', long: 'Long' },
  staleTitle: 'The customer wrote again — regenerate?', staleText: 'This draft has not seen the newest message, so it cannot be approved.', answeredTitle: 'This draft no longer fits', staleEdits: 'Your edits are kept: take them into your own reply, or see the newer draft.', seeNewer: 'See the newer draft',
  failed: 'The draft could not be written.', rejected: 'The draft is rejected.', approved: 'Approved. The reply leaves in a moment.', body: 'Text of the draft', subject: 'Subject',
  incomplete: 'The draft left places open that only you know. Fill them in or delete them, then approve.', fillIn: 'Fill in',
  conflict: 'This draft changed while you were reading: it was decided elsewhere or the customer wrote again. You now see the newest state.', show: 'Show draft', hide: 'Collapse draft', none: 'No draft for the newest message.', changed: 'Edited before sending',
}

export const ai = {
  title: 'AI', text: 'How drafts are written in this organisation.', provider: 'Who writes', providerLocal: 'The local drafter: no model, no key, nothing leaves this installation.', providerLocalText: 'It answers in the sender’s language from the conversation and your notes. Set AI_BASE_URL and AI_MODEL to use any OpenAI-compatible server.', providerModel: 'The model {{model}} on an OpenAI-compatible server.',
  autoDraft: 'Draft every new message', autoDraftHint: 'A draft waits beside each customer message. Nothing is ever sent without a person.', tone: 'Usual tone', instructions: 'Instructions', instructionsHint: 'How to address customers, what never to promise, how to sign.',
  notes: 'Notes', notesText: 'Facts that drafts may draw on: prices, opening hours, delivery, returns. A draft shows which notes it used.', newNote: 'Write note', editNote: 'Change note', noteTitle: 'Title', noteBody: 'Text', noNotes: 'No notes yet', noNotesText: 'Write what you answer most often. The next draft will use it.', deleteNote: 'Delete note', deleteNoteText: '“{{title}}” will no longer be used in drafts.', noteDeleted: 'The note is deleted.', newer: 'Somebody changed this just now. Close, look at the newest version and change it again.',
}

export const contacts = {
  title: 'Contacts', search: 'Search by name, e-mail, phone, company', new: 'Create contact', list: 'Contacts', name: 'Name', email: 'E-mail', phone: 'Phone', company: 'Company', position: 'Position', note: 'Note', lastActivity: 'Last activity', created: 'Created', sort: 'Sort',
  sorts: { createdAt: 'Newest first', name: 'By name', lastActivityAt: 'By last activity' }, empty: 'No contacts yet', emptyText: 'Whoever writes to your inbound address becomes a contact. You can also create one.', notFound: 'Nobody found', notFoundText: 'No contact matches “{{query}}”. A typo is forgiven, every word must occur.',
  createdToast: 'Contact created.', delete: 'Delete contact', deleteTitle: 'Delete {{name}}?', deleteText: 'The contact disappears from lists and search. Its conversations and events stay. It is deleted after 7 seconds: until then you can undo.', deleting: '{{name}} will be deleted.', kept: 'The contact stays.', timeline: 'Timeline', details: 'Details', conversations: 'Conversations', noConversations: 'No conversations.', empty_value: 'Add', newer: 'Somebody changed this contact just now: the newest version is shown. Check and save again.', editField: 'Change {{field}}', unknownTitle: 'No contact yet', unknownText: 'The contact appears here in a moment.', open: 'Open contact', source: { manual: 'Typed in', message: 'Wrote to us' }, noTimeline: 'Nothing has happened yet.', all: 'All of {{count}}',
}

export const timeline = {
  'contact.created': 'Contact created', 'contact.updated': 'Contact changed', 'contact.deleted': 'Contact deleted', 'conversation.opened': 'Conversation began', 'conversation.linked': 'Conversation linked to the contact', 'conversation.updated': 'Conversation changed',
  'message.received': 'Wrote', 'message.queued': 'Reply queued', 'message.sent': 'Reply sent', 'message.failed': 'Reply not delivered', 'message.unconfirmed': 'Unknown whether the reply arrived', 'message.held': 'Reply held back', 'message.cancelled': 'Reply taken back',
  'ai.draft.generated': 'AI drafted a reply', 'ai.draft.approved': 'Draft approved', 'ai.draft.rejected': 'Draft rejected', 'ai.draft.outdated': 'Draft outdated', 'ai.draft.failed': 'Draft failed',
  actor: { user: 'a colleague', ai: 'AI', contact: 'the customer', system: 'the system', automation: 'an automation', 'api-key': 'an API key' },
}

export const settings = {
  title: 'Settings', nav: 'Settings pages', profile: 'Profile', profileText: 'Who you are here, and how the app looks on this device.', appearance: 'Appearance', channels: 'Mail channels', localMailbox: 'Local mailbox', ai: 'AI', members: 'Members', membersText: 'Everybody who works in {{organization}}.', joined: 'Joined', role: 'Role', roles: { owner: 'Owner', admin: 'Administrator', member: 'Member', viewer: 'Viewer' },
  roleText: { owner: 'May do everything.', admin: 'May do everything.', member: 'Answers customers, decides about drafts, writes notes.', viewer: 'Reads only.' },
}
