/** An SMTP reply that is no success (RFC 5321 section 4.2, enhanced codes RFC 3463). */
export function smtpAnswer(code: 451 | 530 | 550 | 552, text: string): Error {
  return Object.assign(new Error(text), { responseCode: code })
}
export const tryLater = (): Error => smtpAnswer(451, '4.3.0 Cannot take the message now, please try again later')
