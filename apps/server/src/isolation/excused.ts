/** Routes that the generator cannot reach with a request that is accepted, and who attacks them instead. */
export const EXCUSED: Readonly<Record<string, string>> = {
  listFlagChanges: 'For the operator of the installation; everybody else hears 404.',
  listInstallationFlags: 'For the operator of the installation; everybody else hears 404.',
  setInstallationFlag: 'For the operator of the installation; everybody else hears 404.',
}

/** Routes that read, and have no text of people to show. */
export const SHOWS_NO_TEXT: Readonly<Record<string, string>> = {
  countConversations: 'Numbers.',
  getRemoteImage: 'The bytes of a picture on somebody else’s server.',
  listFlagChanges: 'For the operator of the installation; everybody else hears 404.',
  listFlags: 'The words of the product.',
  listInstallationFlags: 'For the operator of the installation; everybody else hears 404.',
  listPermissions: 'The words of the product.',
  listMemberSessions: 'What a browser calls itself is shown as its kind.',
  listSessions: 'What a browser calls itself is shown as its kind.',
  listWebhookDeliveries: 'Ids and states; the payload stands in the delivery itself.',
  verifySecurityLog: 'A verdict and a hash.',
}
