export const settingUp = {
  title: 'We are setting up your organisation',
  text: 'The mailbox and everything else will be there in a moment. This page goes on by itself.',
}

export const departure = {
  title: 'Delete organisation',
  text: 'Everything in it is erased for good after a grace period, in which any owner can keep it. Until then all goes on as usual.',
  ownersOnly: 'Only owners can delete the organisation. Ask one of them.',
  delete: 'Delete organisation…',
  deleteTitle: 'Delete {{name}}',
  deleteText:
    'Conversations, contacts, drafts, notes, webhooks, members and the security log are erased when the grace period ends. Every owner gets a mail now. The mail address is given to nobody again.',
  typeName: 'Type {{name}} to confirm',
  deleteAction: 'Delete organisation',
  isScheduled: 'The grace period has begun. Every owner can still keep the organisation.',
  scheduled: 'It will be erased on',
  banner: '{{name}} will be erased, with everything in it, on',
  keep: 'Keep organisation',
  isKept: 'The organisation stays.',
}
