import { auth } from '../ctx.ts'
import { sendNewAddressMail, sendResetMail } from './account-jobs.ts'
import { mailNewAddress } from './change-email.ts'
import { mailReset } from './request-password-reset.ts'

export const accountJobs = [auth.job({ ...sendResetMail, handle: mailReset }), auth.job({ ...sendNewAddressMail, handle: mailNewAddress })]
