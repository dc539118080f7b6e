import { defineProblems } from '../problem/problem.ts'

/** What can go wrong between a notice and who is to read it. */
export const noticeProblems = defineProblems({
  notice_mail_host_unknown: {
    status: 502,
    meaning: 'The name of the mail server cannot be resolved.',
    remedy: 'Check `notices.smtp.host` and the name servers of the machine that Rollcall runs on.',
  },
  notice_mail_address_refused: {
    status: 502,
    meaning: 'The mail server has a link-local or metadata address, to which Rollcall never connects.',
    remedy: 'Check `notices.smtp.host`: no mail server has such an address.',
  },
  notice_mail_unreachable: {
    status: 502,
    meaning: 'No connection to the mail server could be made, or it ended before the mail was taken.',
    remedy: 'Check `notices.smtp.host` and `port`, that the mail server is started, and the firewall between.',
  },
  notice_mail_timeout: {
    status: 504,
    meaning: 'The mail server did not answer in time.',
    remedy: 'Check that `notices.smtp.port` and `tls` belong together, and whether the mail server is overloaded.',
  },
  notice_mail_tls_failed: {
    status: 502,
    meaning: 'No encrypted connection to the mail server could be made.',
    remedy: 'Check `notices.smtp.tls` and that the certificate of the mail server is trusted (NODE_EXTRA_CA_CERTS).',
  },
  notice_mail_sign_in_refused: {
    status: 502,
    meaning: 'The mail server refused user and password.',
    remedy: 'Check `notices.smtp.user` and the password it refers to, and whether the account may send by SMTP.',
  },
  notice_mail_refused: {
    status: 502,
    meaning: 'The mail server refused the sender, all recipients or the mail.',
    remedy: 'Check `notices.smtp.from` and `to`, and what the mail server allows this account to send.',
  },
  notice_mail_failed: {
    status: 502,
    meaning: 'The mail was not taken for another reason.',
    remedy: 'Look at the log of the mail server.',
  },
  notice_webhook_refused: {
    status: 502,
    meaning: 'The webhook answered with something else than success.',
    remedy:
      'Check the address and that the webhook still exists; for a signed one also its key and the clocks of both machines.',
  },
  notice_webhook_address_invalid: {
    status: 422,
    meaning: 'The reference of a webhook leads to something that is no address.',
    remedy: 'Put the whole address there, beginning with https://.',
  },
})
