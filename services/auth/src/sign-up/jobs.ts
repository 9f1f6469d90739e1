import { auth } from '../ctx.ts'
import { mailSignUp } from './mail-sign-up.ts'
import { sendSignUpMail } from './sign-up-mail-job.ts'

export const signUpJobs = [auth.job({ ...sendSignUpMail, handle: mailSignUp })]
