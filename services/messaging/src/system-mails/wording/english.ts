import { englishAccess } from './english-access.ts'
import { device, NOT_YOU, when } from './english-parts.ts'
import { open, secret } from './parts.ts'
import type { Wordings } from './wording.ts'

const PLACES = { file: 'Malware in a file about a record', message: 'Malware in an attachment of a mail', import: 'Malware in a file to import' } as const

export const english: Wordings = {
  ...englishAccess,
  'verify-email': ({ name, organizationName, link, expiresAt }) => ({
    subject: 'Confirm your e-mail address',
    heading: `Welcome, ${name}`,
    paragraphs: [`Confirm that this is your address, and "${organizationName}" is ready for you.`],
    facts: [['The link works until', when(expiresAt)]],
    action: secret('Confirm and open', link),
    closing: 'If you did not sign up, ignore this mail: without the link nothing is created.',
  }),
  'sign-up-with-existing-account': ({ link, resetLink }) => ({
    subject: 'You already have an account',
    heading: 'You already have an account',
    paragraphs: [
      'Somebody, probably you, wanted to use this address for a new account. There is one already: sign in with it.',
      `Forgotten the password? Choose a new one: ${resetLink}`,
    ],
    facts: [],
    action: open('Sign in', link),
    closing: 'If this was not you, there is nothing to do: nothing was changed.',
  }),
  'reset-password': ({ name, link, expiresAt }) => ({
    subject: 'Choose a new password',
    heading: 'Choose a new password',
    paragraphs: [`Hello ${name}, somebody, probably you, has forgotten your password. The link lets you choose a new one and ends all sessions.`],
    facts: [['The link works once, until', when(expiresAt)]],
    action: secret('Choose a new password', link),
    closing: 'If this was not you, ignore this mail: your password stays as it is.',
  }),
  'sign-in-by-sso': ({ name, link, resetLink, expiresAt }) => ({
    subject: 'Sign in by single sign-on',
    heading: 'You need no password',
    paragraphs: [
      `Hello ${name}, somebody, probably you, has forgotten your password. Your organisation signs in by single sign-on: choose it on the sign-in page and enter this address.`,
      `A password opens only other organisations that you belong to, and yours if you own it. To choose a new one: ${resetLink}`,
    ],
    facts: [['The link to a new password works once, until', when(expiresAt)]],
    action: open('Sign in', link),
    closing: 'If this was not you, ignore this mail: nothing was changed.',
  }),
  'password-changed': ({ name, at, device: by, link }) => ({
    subject: 'Your password was changed',
    heading: 'Your password was changed',
    paragraphs: [`Hello ${name}, your password is a new one now. Your other sessions have ended.`],
    facts: [['When', when(at)], ...device(by)],
    action: open('That was not me', link),
    closing: 'If this was you, there is nothing to do.',
  }),
  'confirm-new-email': ({ name, link, expiresAt }) => ({
    subject: 'Confirm your new e-mail address',
    heading: 'Confirm your new e-mail address',
    paragraphs: [`Hello ${name}, once you confirm, you sign in with this address.`],
    facts: [['The link works once, until', when(expiresAt)]],
    action: secret('Confirm this address', link),
    closing: 'If you did not ask for it, ignore this mail: nothing changes.',
  }),
  'email-changed': ({ name, newEmail, link, expiresAt }) => ({
    subject: 'Your e-mail address was changed',
    heading: 'Your e-mail address was changed',
    paragraphs: [
      `Hello ${name}, your account does not belong to this address any more.`,
      'If that was not you, take it back: the old address returns, all sessions end, and you choose a new password.',
    ],
    facts: [
      ['New address', newEmail],
      ['You can take it back until', when(expiresAt)],
    ],
    action: secret('Take the change back', link),
    closing: 'If this was you, there is nothing to do.',
  }),
  'session-reuse-detected': ({ name, at, device: on, link }) => ({
    subject: 'We ended a session of yours',
    heading: 'We ended a session of yours',
    paragraphs: [`Hello ${name}, a sign-in that had been replaced was used again. Somebody may have copied it, so we ended that session everywhere.`],
    facts: [['When', when(at)], ...device(on)],
    action: open('Sign in and look at your sessions', link),
    closing: 'If you do not know why this could happen, change your password.',
  }),
  'new-device-sign-in': ({ name, at, device: on, place, link }) => ({
    subject: 'New sign-in to your account',
    heading: 'New sign-in to your account',
    paragraphs: [`Hello ${name}, somebody signed in to your account on a device that we have not seen before.`],
    facts: [['When', when(at)], ...device(on), ...(place === null ? [] : ([['Where', place]] as const))],
    action: open('Look at your sessions', link),
    closing: `If this was you, there is nothing to do. ${NOT_YOU}`,
  }),
  invitation: ({ organizationName, inviterName, roleName, link, expiresAt }) => ({
    subject: `${inviterName} invites you to ${organizationName}`,
    heading: `Join ${organizationName}`,
    paragraphs: [`${inviterName} invites you to work with them in AI CRM.`],
    facts: [
      ['Your role', roleName],
      ['The invitation is valid until', when(expiresAt)],
    ],
    action: secret('Accept the invitation', link),
    closing: 'If you do not know the sender, ignore this mail.',
  }),
  'organization-deletion-scheduled': ({ name, organizationName, requestedBy, deletesAt, link }) => ({
    subject: `${organizationName} will be deleted`,
    heading: `${organizationName} will be deleted`,
    paragraphs: [
      `Hello ${name}, ${requestedBy} asked to delete the organisation with everything in it. Until then everything can be exported, and the deletion can be taken back.`,
    ],
    facts: [['It will be deleted on', when(deletesAt)]],
    action: open('Export or keep it', link),
    closing: '',
  }),
  'organization-export-requested': ({ name, organizationName, requestedBy, at, link }) => ({
    subject: `Everything in ${organizationName} is being exported`,
    heading: `${organizationName} is being exported`,
    paragraphs: [
      `Hello ${name}, ${requestedBy} asked for an archive of everything that ${organizationName} has: contacts, conversations with attachments, settings, logs.`,
      'You get this mail because every owner is told. Any owner can cancel it.',
    ],
    facts: [['Asked for', when(at)]],
    action: open('Look at the export', link),
    closing: 'If nobody should do this, cancel it and ask your fellow owner.',
  }),
  'organization-export-ready': ({ name, organizationName, requestedBy, deletesAt, link }) => ({
    subject: `The export of ${organizationName} is ready`,
    heading: 'The export is ready',
    paragraphs: [`Hello ${name}, the archive of ${organizationName} that ${requestedBy} asked for can be downloaded. Only owners can, after signing in.`],
    facts: [['It is deleted on', when(deletesAt)]],
    action: open('Download it', link),
    closing: 'The link opens the settings; without an owner’s session it is worth nothing.',
  }),
  'organization-setup-failed': ({ name, organizationName, link }) => ({
    subject: `${organizationName} could not be set up`,
    heading: `${organizationName} could not be set up`,
    paragraphs: [
      `Hello ${name}, a part of the system did not answer in time, so everything that was begun has been taken back. Nothing is left of it, and nothing is charged.`,
      'Please try once more: we know of the fault.',
    ],
    facts: [],
    action: open('Begin anew', link),
    closing: '',
  }),
  'domain-failing': ({ name, organizationName, domain, recordName, recordValue, lapsesAt, link }) => ({
    subject: `${domain} can no longer be proven for ${organizationName}`,
    heading: `The record of ${domain} is gone`,
    paragraphs: [
      `Hello ${name}, single sign-on of ${organizationName} for addresses of ${domain} rests on a TXT record that is not there any more.`,
      'Put it back, and nothing changes. Otherwise nobody new joins by single sign-on of this domain, and nobody has to use it: passwords open again.',
    ],
    facts: [
      ['Name of the record', recordName],
      ['Value', recordValue],
      ['Put it back by', when(lapsesAt)],
    ],
    action: open('Look at the domain', link),
    closing: '',
  }),
  'domain-lapsed': ({ name, organizationName, domain, link }) => ({
    subject: `${domain} is no longer proven for ${organizationName}`,
    heading: `${domain} is no longer proven`,
    paragraphs: [
      `Hello ${name}, the TXT record of ${domain} has been missing for too long, so nobody with such an address has to use single sign-on of ${organizationName} any more, and nobody new joins by it.`,
      'Nobody is locked out: whoever signed in by your provider before still can, and passwords open as well. Prove the domain again, and everything is as before.',
    ],
    facts: [],
    action: open('Prove it again', link),
    closing: '',
  }),
  'task-reminder': ({ name, organizationName, title, dueAt, link }) => ({
    subject: `Reminder: ${title}`,
    heading: title,
    paragraphs: [`Hello ${name}, you wanted to be reminded of this task. It is still open.`],
    facts: [['Organisation', organizationName], ...(dueAt === null ? [] : ([['Due', when(dueAt)]] as const))],
    action: open('Open the task', link),
    closing: '',
  }),
  'note-mention': ({ name, organizationName, writtenBy, link }) => ({
    subject: `${writtenBy} mentioned you in a note`,
    heading: `${writtenBy} mentioned you in a note`,
    paragraphs: [`Hello ${name}, a colleague wants you to read something about a record of ${organizationName}.`],
    facts: [],
    action: open('Read the note', link),
    closing: 'The note opens if you may see the record that it is about.',
  }),
  'malware-found': ({ name, organizationName, where, finding, at, link }) => ({
    subject: `Malware was found in ${organizationName}`,
    heading: PLACES[where],
    paragraphs: [
      `Hello ${name}, the scanner found malware. The file is kept, and nobody gets it any more. If it was taken for clean before, ask who has downloaded it.`,
      'We write once an hour at most. Everything that is found stands in the security log.',
    ],
    facts: [
      ['Organisation', organizationName],
      ['Found', finding],
      ['When', when(at)],
    ],
    action: open('Look at it', link),
    closing: 'You get this mail because you may read the security log of this organisation.',
  }),
  'webhook-disabled': ({ name, organizationName, url, reason, failingSince, link }) => ({
    subject: `A webhook of ${organizationName} was switched off`,
    heading: 'A webhook was switched off',
    paragraphs: [
      reason === 'gone'
        ? `Hello ${name}, the receiver answered 410: it says that it is gone. So nothing is sent to it any more.`
        : `Hello ${name}, the receiver failed for three days without one success, so we stopped calling it.`,
      'Look at what it answered, mend it or change its address, and switch the webhook on again. What failed can then be sent again; what happens while it is off is not kept for it.',
    ],
    facts: [['Organisation', organizationName], ['Address', url], ...(failingSince === null ? [] : ([['Failing since', when(failingSince)]] as const))],
    action: open('Look at its deliveries', link),
    closing: 'You get this mail because you may manage the webhooks of this organisation.',
  }),
}
