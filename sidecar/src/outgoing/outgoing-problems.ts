import { defineProblems, Problem } from '../problem/problem.ts'

/** What can go wrong between us and a host, before its answer means anything. */
export const outgoingProblems = defineProblems({
  outgoing_foreign_origin: {
    status: 502,
    meaning: 'A link or redirect leads to another origin than the one in the settings; nothing was sent there.',
    remedy: 'Give the address of the service itself in the settings, without a proxy or sign-in page in front of it.',
  },
  outgoing_too_many_redirects: {
    status: 502,
    meaning: 'The service redirects again and again without answering.',
    remedy: 'Open the address in a browser and correct the base URL to where it ends.',
  },
  outgoing_address_refused: {
    status: 502,
    meaning: 'The host has an address that Rollcall does not connect to: link-local, metadata or not allowed private.',
    remedy: 'Check the host name; where the service really runs in a private network, allow private addresses for it.',
  },
  outgoing_host_unknown: {
    status: 502,
    meaning: 'The host name cannot be resolved.',
    remedy: 'Check the spelling of the host and the name servers of the machine that Rollcall runs on.',
  },
  outgoing_connection_refused: {
    status: 502,
    meaning: 'The host exists, but nothing accepts connections on that port.',
    remedy: 'Check the port, that the service is started, and the firewall between.',
  },
  outgoing_host_unreachable: {
    status: 502,
    meaning: 'No network path leads to the host.',
    remedy: 'Check routing, firewall and proxy of the machine that Rollcall runs on.',
  },
  outgoing_connect_timeout: {
    status: 504,
    meaning: 'The host did not accept a connection in time.',
    remedy: 'Check the firewall between and whether the service is overloaded.',
  },
  outgoing_answer_timeout: {
    status: 504,
    meaning: 'The host accepted the request and did not begin to answer in time.',
    remedy: 'Check whether the service is overloaded, then try again.',
  },
  outgoing_body_timeout: {
    status: 504,
    meaning: 'The host began to answer and then stopped sending.',
    remedy: 'Check the service and whatever stands between, then try again.',
  },
  outgoing_connection_lost: {
    status: 502,
    meaning: 'The connection ended before the answer was complete.',
    remedy: 'Try again; if it stays, look at the service and at proxies and load balancers before it.',
  },
  outgoing_tls_untrusted: {
    status: 502,
    meaning: 'The certificate of the host is not trusted: unknown issuer, another name, or expired.',
    remedy: 'Give the certificate of its issuer in NODE_EXTRA_CA_CERTS or in the settings, or renew the certificate.',
  },
  outgoing_tls_failed: {
    status: 502,
    meaning: 'No encrypted connection could be made: the host speaks no TLS or only an outdated one.',
    remedy: 'Check that scheme and port belong together, and that the host offers TLS 1.2 or newer.',
  },
  outgoing_not_http: {
    status: 502,
    meaning: 'What the host sent is not HTTP.',
    remedy: 'Check that the port is the one of the web service.',
  },
  outgoing_answer_too_large: {
    status: 502,
    meaning: 'The answer is larger than any answer that makes sense here.',
    remedy: 'Check that the address is the one of the service.',
  },
  outgoing_answer_cut_short: {
    status: 502,
    meaning: 'The answer ends in the middle; nothing is concluded from it.',
    remedy: 'Try again; if it stays, look at proxies between that limit the size of answers.',
  },
  outgoing_html_instead_of_json: {
    status: 502,
    meaning: 'A web page came instead of data: a sign-in page, a proxy, or an error page.',
    remedy: 'Check the base URL, and that no proxy or single sign-on answers in place of the service.',
  },
  outgoing_answer_not_json: {
    status: 502,
    meaning: 'The answer is neither JSON nor a web page.',
    remedy: 'Check that the base URL is the one of the service.',
  },
})

const neverSent = new Set<string>([
  outgoingProblems.outgoing_foreign_origin.code,
  outgoingProblems.outgoing_address_refused.code,
  outgoingProblems.outgoing_host_unknown.code,
  outgoingProblems.outgoing_connection_refused.code,
  outgoingProblems.outgoing_host_unreachable.code,
  outgoingProblems.outgoing_connect_timeout.code,
  outgoingProblems.outgoing_tls_untrusted.code,
  outgoingProblems.outgoing_tls_failed.code,
])

const passing = new Set<string>([
  outgoingProblems.outgoing_connection_refused.code,
  outgoingProblems.outgoing_host_unreachable.code,
  outgoingProblems.outgoing_connect_timeout.code,
  outgoingProblems.outgoing_answer_timeout.code,
  outgoingProblems.outgoing_body_timeout.code,
  outgoingProblems.outgoing_connection_lost.code,
  outgoingProblems.outgoing_answer_cut_short.code,
])

/** True when the host cannot have seen the request, so that a write is certainly not done. A redirect was seen. */
export const wasNeverSent = (error: unknown): boolean =>
  error instanceof Problem && neverSent.has(error.code) && error.context.redirected !== true

/** True when the same request may succeed a moment later. */
export const mayPass = (error: unknown): boolean => error instanceof Problem && passing.has(error.code)
