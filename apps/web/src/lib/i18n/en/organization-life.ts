export const settingUp = {
  title: 'We are setting up your organisation',
  text: 'The mailbox and everything else will be there in a moment. This page goes on by itself.',
}
