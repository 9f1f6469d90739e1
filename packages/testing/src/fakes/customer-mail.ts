import { createTransport, type SendMailOptions } from 'nodemailer'

/** Sends mail to an installation as the world does: by SMTP, each mail in a transaction of its own. */
export async function sendCustomerMails(smtpPort: number, mails: readonly SendMailOptions[]): Promise<void> {
  const transport = createTransport({ host: '127.0.0.1', port: smtpPort, ignoreTLS: true })
  try {
    for (const mail of mails) await transport.sendMail(mail)
  } finally {
    transport.close()
  }
}
