export const common = {
  close: 'Close', cancel: 'Cancel', save: 'Save', saved: 'Saved', edit: 'Edit', delete: 'Delete', undo: 'Undo', copy: 'Copy', copied: 'Copied',
  tryAgain: 'Try again', requestId: 'Request {{id}}', loading: 'Loading', loadMore: 'Load more', back: 'Back', more: 'More actions', none: 'None',
  you: 'You', skipToContent: 'Skip to content', noPermission: 'Your role does not allow this.',
}

export const problems = {
  unreachable: 'The server did not answer. Check the connection and try again.',
  unknown: 'Something went wrong. Try again; if it stays, quote the request id.',
  status: {
    s400: 'The server did not understand the request. Reload the page and try again.',
    s401: 'Your session is over. Sign in again.',
    s403: 'Your role does not allow this. Ask an administrator of your organisation.',
    s404: 'This does not exist, or is not yours to see.',
    s409: 'Somebody changed this in the meantime. Reload and look again.',
    s412: 'Somebody changed this in the meantime. You now see the newest version: check it and save again.',
    s413: 'That is too large.',
    s422: 'Some fields need another look.',
    s429: 'Too many requests. Wait a moment and try again.',
    s500: 'The server made a mistake. Try again; if it stays, quote the request id.',
    s502: 'A part of the system is restarting. Try again in a moment.',
    s503: 'A part of the system is restarting. Try again in a moment.',
    s504: 'The server took too long. Try again.',
  },
  codes: {
    auth_sign_in_refused: 'E-mail or password is wrong.',
    auth_sign_in_too_many_attempts: 'Too many attempts. Wait a few minutes and try again.',
    auth_sign_in_no_organization: 'You do not belong to any organisation any more. Ask an administrator to invite you.',
    auth_sign_up_refused: 'No account can be made with these details. If the e-mail already has an account, sign in instead.',
    crm_contact_email_taken: 'This e-mail already belongs to another contact.',
    ai_draft_unfilled_gap: 'Fill in or delete what the draft left open first.',
    ai_draft_nothing_to_answer: 'The customer has not written in this conversation yet.',
    ai_draft_budget_exhausted: 'This hour’s drafts are used up. Try again in ten minutes.',
    messaging_message_cannot_cancel: 'Too late: the reply is already leaving.',
    messaging_message_newer_inbound: 'The customer wrote again. Read the new message first.',
    messaging_message_nothing_to_decide: 'Somebody has already decided about this reply.',
  },
  notFoundTitle: 'Nothing here',
  notFoundText: 'The address may be old, or what it named may be deleted.',
  crashTitle: 'This page stumbled',
  home: 'Go to the inbox',
}

export const auth = {
  signIn: 'Sign in', signUp: 'Create account', signOut: 'Sign out',
  signInTitle: 'Welcome back', signInText: 'Sign in to your organisation.',
  signUpTitle: 'Start with your team', signUpText: 'One inbox, drafts by AI, decisions by people.',
  email: 'E-mail', password: 'Password', passwordHint: 'At least 8 characters. A sentence is fine.',
  name: 'Your name', organization: 'Organisation', organizationHint: 'Its name becomes your inbound e-mail address.', language: 'Language',
  noAccount: 'No account yet?', haveAccount: 'Already have an account?',
  showPassword: 'Show password', hidePassword: 'Hide password',
  tagline: 'The AI drafts. You decide.',
  pointInbox: 'Every customer e-mail in one live inbox',
  pointDrafts: 'A draft is waiting before you open the message',
  pointYours: 'Nothing leaves without a person’s word',
}

export const nav = {
  main: 'Main navigation', inbox: 'Inbox', contacts: 'Contacts', settings: 'Settings', search: 'Search', folders: 'Folders', account: 'Account and appearance',
  theme: 'Theme', themeSystem: 'As the system', themeLight: 'Light', themeDark: 'Dark', language: 'Language', shortcuts: 'Keyboard shortcuts',
}

export const live = {
  connecting: 'Connecting', live: 'Live', reconnecting: 'Reconnecting', offline: 'Offline',
  hint: {
    connecting: 'Opening the live connection.',
    live: 'Changes appear by themselves.',
    reconnecting: 'The live connection is lost and is being restored. What you see is refreshed every 20 seconds meanwhile.',
    offline: 'Your device is offline. Changes will appear when it is back.',
  },
}

export const palette = {
  title: 'Search and commands', placeholder: 'Search contacts and conversations, or type a command…', empty: 'Nothing found for “{{query}}”.',
  go: 'Go to', actions: 'Actions', contacts: 'Contacts', conversations: 'Conversations', searching: 'Searching…',
  newContact: 'Create contact', toggleTheme: 'Switch light and dark', switchLanguage: 'Перейти на русский', showShortcuts: 'Show keyboard shortcuts',
}

export const shortcuts = {
  title: 'Keyboard shortcuts',
  groups: { go: 'Go', list: 'Lists', conversation: 'Conversation', general: 'General' },
  palette: 'Search and commands', sheet: 'This sheet', goInbox: 'Inbox', goContacts: 'Contacts', goSettings: 'Settings', goMailbox: 'Local mailbox',
  next: 'Next', previous: 'Previous', open: 'Open', done: 'Done: close the conversation', reply: 'Reply', approve: 'To the draft’s approval',
  send: 'Send', panel: 'Contact panel', back: 'Back to the list', create: 'Create contact', search: 'Search this list', snooze: 'Snooze', assign: 'Assign to me', unread: 'Mark as unread',
}
