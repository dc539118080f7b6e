import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

export interface ReceivedMail {
  readonly to: readonly string[]
  readonly subject: string
  readonly text: string
  readonly headers: string
}

export interface MailServer {
  readonly port: number
  readonly mails: ReceivedMail[]
  /** Refuses every mail for now. */
  refuse: boolean
  close(): Promise<void>
}

interface Options {
  readonly login?: { readonly user: string; readonly password: string }
  /** Offers STARTTLS with a certificate that nobody trusts. */
  readonly tls?: boolean
}

/** A mail server that keeps what it is given. */
export async function startMailServer({ login, tls = false }: Options = {}): Promise<MailServer> {
  const server = new SMTPServer({
    authOptional: login === undefined,
    allowInsecureAuth: true,
    hideSTARTTLS: !tls,
    logger: false,
    onAuth: ({ username, password }, _session, done) => {
      if (username === login?.user && password === login?.password) done(null, { user: username })
      else done(new Error('not you'))
    },
    onRcptTo: ({ address }, _session, done) => {
      done(address.startsWith('nobody@') ? Object.assign(new Error('unknown'), { responseCode: 550 }) : null)
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        if (received.refuse) return done(Object.assign(new Error('later'), { responseCode: 451 }))
        received.mails.push(parse(Buffer.concat(chunks).toString(), session.envelope.rcptTo))
        done()
      })
    },
  })
  server.on('error', () => {})
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const received: MailServer = {
    port: (server.server.address() as AddressInfo).port,
    mails: [],
    refuse: false,
    close: () => new Promise((closed) => server.close(closed)),
  }
  return received
}

function parse(raw: string, recipients: readonly { readonly address: string }[]): ReceivedMail {
  const [headers = '', ...body] = raw.split('\r\n\r\n')
  const unfolded = headers.replace(/\r\n[ \t]/g, ' ')
  const text = /quoted-printable/i.test(headers) ? unquote(body.join('\r\n\r\n')) : body.join('\r\n\r\n')
  const subject = /^Subject: (.*)$/m.exec(unfolded)?.[1] ?? ''
  return { to: recipients.map(({ address }) => address), subject, text, headers: unfolded }
}

const unquote = (text: string) =>
  text
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
