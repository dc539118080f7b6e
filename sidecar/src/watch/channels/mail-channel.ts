import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import type { SmtpEntry } from '@rollcall/contract/notices'
import { createTransport } from 'nodemailer'
import type { CheckStep } from '../../identity/check-step.ts'
import { judgeAddress } from '../../outgoing/address-rules.ts'
import { Problem } from '../../problem/problem.ts'
import { noticeProblems } from '../notice-problems.ts'
import { type NoticeText, noticeText } from '../notice-text.ts'
import { type Notification, testNotification } from '../notification.ts'
import type { Channel } from './channel.ts'
import { mailFailure } from './mail-failure.ts'
import { tried } from './tried.ts'

const patienceMs = 15_000

/** Tells by mail. `smtp` has its password, not a reference to it. */
export function createMailChannel(smtp: SmtpEntry, adminUrl: string): Channel {
  async function send(address: string, notifications: readonly Notification[]): Promise<number> {
    const { subject, ...rest } = noticeText(notifications, adminUrl)
    const transport = open(smtp, address)
    try {
      const { accepted } = await transport.sendMail({
        from: `Rollcall <${smtp.from}>`,
        to: [...smtp.to],
        subject,
        text: bodyOf(rest),
        // Whoever gets the same twice, because nobody knows whether it arrived, is shown it once.
        messageId: `<rollcall-${notifications[0]?.id}-${notifications.at(-1)?.id}@${smtp.from.split('@')[1]}>`,
        // Answers such as "out of office" are of no use (RFC 3834).
        headers: { 'Auto-Submitted': 'auto-generated' },
      })
      return accepted.length
    } catch (error) {
      throw mailFailure(error)
    } finally {
      transport.close()
    }
  }

  async function signIn(address: string): Promise<void> {
    const transport = open(smtp, address)
    try {
      await transport.verify()
    } catch (error) {
      throw mailFailure(error)
    } finally {
      transport.close()
    }
  }

  return {
    name: 'mail',
    kinds: undefined,
    async tell(notifications) {
      await send(await addressOf(smtp.host), notifications)
    },
    test(at): Promise<readonly CheckStep[]> {
      let address = ''
      const secured = { startTls: 'encrypted by STARTTLS', implicit: 'encrypted', none: 'in clear text' }[smtp.tls]
      return tried([
        {
          step: 'Find the mail server',
          action: async () => {
            address = await addressOf(smtp.host)
            return `${smtp.host} is ${address}.`
          },
        },
        {
          step: 'Connect and sign in',
          action: async () => {
            await signIn(address)
            return `Port ${smtp.port} answers, ${secured}${smtp.user === undefined ? '' : ', and takes user and password'}.`
          },
        },
        {
          step: 'Send a mail',
          action: async () => {
            const accepted = await send(address, [testNotification(at)])
            return `The mail server took it for ${accepted} of ${smtp.to.length} recipients.`
          },
        },
      ])
    },
  }
}

/** Resolved once and connected to by number, so that what was judged is what is connected to. Mail servers are mostly private. */
async function addressOf(host: string): Promise<string> {
  const { address } = await lookup(host).catch((cause: unknown) => {
    throw new Problem(noticeProblems.notice_mail_host_unknown, `The mail server ${host} cannot be resolved.`, { cause })
  })
  if (judgeAddress(address) !== 'neverAllowed') return address
  throw new Problem(noticeProblems.notice_mail_address_refused, `The mail server ${host} has the address ${address}.`)
}

const open = ({ host, port, tls, user, password }: SmtpEntry, address: string) =>
  createTransport({
    host: address,
    port,
    secure: tls === 'implicit',
    requireTLS: tls === 'startTls',
    ignoreTLS: tls === 'none',
    // An address is no name that could be asked for (RFC 6066, section 3).
    tls: isIP(host) === 0 ? { servername: host } : {},
    connectionTimeout: patienceMs,
    greetingTimeout: patienceMs,
    socketTimeout: patienceMs,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(user !== undefined && password !== undefined && { auth: { user, pass: password } }),
  })

function bodyOf({ items, more }: Omit<NoticeText, 'subject'>): string {
  const parts = items.map(({ title, text, link }) => `${title}\n\n${text}\n${link}`)
  return [...parts, ...(more > 0 ? [`and ${more} more`] : [])].join('\n\n----\n\n')
}
