import { defineProblems } from '../../problem/problem.ts'

/** What can go wrong between us and a directory server. */
export const ldapProblems = defineProblems({
  ldap_unencrypted: {
    status: 400,
    meaning: 'The settings would send the password of the bind account over the network in clear.',
    remedy: 'Use ldaps:// or switch `startTls` on; `allowUnencrypted` is for networks that are encrypted otherwise.',
  },
  ldap_credential_incomplete: {
    status: 400,
    meaning: 'The connection has a bind account without a password, a password without an account, or neither of both.',
    remedy: 'Give `bindDn` and `bindPassword`, or a client certificate that the server maps to an account.',
  },
  ldap_certificate_unreadable: {
    status: 400,
    meaning: 'The certificate authority, the client certificate or its private key cannot be read.',
    remedy:
      'Give PEM text; certificate and private key have to belong together, with the passphrase if the key has one.',
  },
  ldap_filter_invalid: {
    status: 400,
    meaning: 'A filter in the settings is not an LDAP filter.',
    remedy: 'Write it as in RFC 4515, with balanced parentheses, such as (&(objectClass=person)(departmentNumber=7)).',
  },
  ldap_base_invalid: {
    status: 400,
    meaning: 'A distinguished name in the settings is not one.',
    remedy:
      'Write it as in RFC 4514, such as OU=Staff,DC=example,DC=com, with a backslash before a comma inside a value.',
  },
  ldap_host_unknown: {
    status: 502,
    meaning: 'The host name of the directory server cannot be resolved.',
    remedy: 'Check the spelling under `urls` and the name servers of the machine that Rollcall runs on.',
  },
  ldap_address_refused: {
    status: 502,
    meaning: 'The host of the directory server has an address that Rollcall never connects to: link-local or metadata.',
    remedy: 'Check the host name under `urls`.',
  },
  ldap_connection_refused: {
    status: 502,
    meaning: 'The host exists, but nothing accepts LDAP connections on that port.',
    remedy: 'Check the port (389 for ldap://, 636 for ldaps://), that the server is started, and the firewall between.',
  },
  ldap_host_unreachable: {
    status: 502,
    meaning: 'No network path leads to the directory server.',
    remedy: 'Check routing and firewall of the machine that Rollcall runs on.',
  },
  ldap_connect_timeout: {
    status: 504,
    meaning: 'The directory server did not accept a connection, or did not finish its encryption, in time.',
    remedy: 'Check the firewall between, and that ldaps:// is not used with a port that speaks plain LDAP.',
  },
  ldap_answer_timeout: {
    status: 504,
    meaning: 'The directory server accepted a request and did not answer in time.',
    remedy: 'Check the load of the server and indexes for the attributes in the filters, or raise `timeouts`.',
  },
  ldap_connection_lost: {
    status: 502,
    meaning: 'The connection to the directory server ended before an answer was complete; nothing is concluded.',
    remedy:
      'Synchronize again; if it stays, look at the log of the server and at load balancers and firewalls between.',
  },
  ldap_tls_unknown_authority: {
    status: 502,
    meaning: 'The certificate of the directory server was issued by an authority that is not trusted here.',
    remedy: 'Give the certificate of the issuing authority as PEM under `tls.ca`.',
  },
  ldap_tls_certificate_expired: {
    status: 502,
    meaning: 'The certificate of the directory server has expired, or is not valid yet.',
    remedy: 'Renew the certificate of the server, and check the clock of this machine.',
  },
  ldap_tls_wrong_name: {
    status: 502,
    meaning: 'The certificate of the directory server is for another host name.',
    remedy: 'Use the name in the certificate under `urls`, or give it as `tls.servername`.',
  },
  ldap_tls_failed: {
    status: 502,
    meaning: 'No encrypted connection to the directory server comes about.',
    remedy: 'Check that the port speaks the protocol of its URL, and that the server offers TLS 1.2 or later.',
  },
  ldap_tls_client_certificate_refused: {
    status: 502,
    meaning: 'The directory server refuses the client certificate, or wants one.',
    remedy:
      'Give a certificate and key under `tls.clientCertificate` that an authority known to the server has issued.',
  },
  ldap_starttls_refused: {
    status: 502,
    meaning: 'The directory server refuses to switch to encryption (StartTLS).',
    remedy: 'Set up a certificate in the server, or use ldaps://.',
  },
  ldap_credentials_wrong: {
    status: 502,
    meaning: 'The directory server refuses the name or the password of the bind account.',
    remedy: 'Check `bindDn` and `bindPassword`.',
  },
  ldap_account_disabled: {
    status: 502,
    meaning: 'The bind account is disabled in the directory.',
    remedy: 'Enable the account in the directory, or give another one.',
  },
  ldap_account_locked: {
    status: 502,
    meaning: 'The bind account is locked because of wrong passwords.',
    remedy: 'Unlock the account in the directory, and look for other programs that use an old password of it.',
  },
  ldap_account_expired: {
    status: 502,
    meaning: 'The bind account has expired.',
    remedy: 'Extend the account in the directory; accounts of services should not expire.',
  },
  ldap_password_expired: {
    status: 502,
    meaning: 'The password of the bind account has expired or has to be changed.',
    remedy: 'Set a new password in the directory and give it as `bindPassword`; exempt the account from expiry.',
  },
  ldap_strong_auth_required: {
    status: 502,
    meaning: 'The directory server refuses passwords over this connection because it is not encrypted enough.',
    remedy: 'Use ldaps:// or switch `startTls` on.',
  },
  ldap_authentication_refused: {
    status: 502,
    meaning: 'The directory server does not offer this way of signing in, or not to this account.',
    remedy:
      'Allow simple binds for the account in the server; anonymous or certificate sign-in may be switched off there.',
  },
  ldap_access_denied: {
    status: 502,
    meaning: 'The bind account may not do this.',
    remedy: 'Give the bind account the right to read and search the base named in the message.',
  },
  ldap_size_limit: {
    status: 502,
    meaning: 'The directory server stopped because of its size limit: the list is cut off, and nothing is concluded.',
    remedy:
      'Lift the limit for the bind account: `limits` with size.prtotal=unlimited in OpenLDAP, nsSizeLimit in 389.',
  },
  ldap_time_limit: {
    status: 504,
    meaning: 'The directory server stopped because of its time limit: the list is cut off, and nothing is concluded.',
    remedy: 'Index the attributes in the filters, or lift the time limit of the server for the bind account.',
  },
  ldap_admin_limit: {
    status: 502,
    meaning: 'The directory server stopped because of a limit of its administrator, such as its look-through limit.',
    remedy:
      'Index the attributes in the filters, or lift the limit (389: nsLookThroughLimit, nsPagedLookThroughLimit).',
  },
  ldap_busy: {
    status: 503,
    meaning: 'The directory server is too busy to answer.',
    remedy: 'Wait; the next run tries again. Look at the load of the server if it stays.',
  },
  ldap_unavailable: {
    status: 503,
    meaning: 'The directory server is starting, stopping or short of resources.',
    remedy: 'Wait; the next run tries again. Look at the log of the server if it stays.',
  },
  ldap_paging_unsupported: {
    status: 502,
    meaning: 'The directory server cannot list in pages.',
    remedy: 'Allow the paged results control (1.2.840.113556.1.4.319) in the server for the bind account.',
  },
  ldap_paging_stuck: {
    status: 502,
    meaning: 'The directory server sends one empty page after another; nothing is concluded from the reading.',
    remedy: 'Synchronize again; if it stays, look at proxies between, and at the log of the server.',
  },
  ldap_referral: {
    status: 502,
    meaning: 'The server does not hold the base, or a part of it, and refers to another server; it is not followed.',
    remedy:
      'Give a server that holds the whole base (Active Directory: a global catalog, port 3269), or a smaller base.',
  },
  ldap_base_not_found: {
    status: 400,
    meaning: 'The directory has no entry where the search is to begin, or hides it from the bind account.',
    remedy: 'Correct the base in the settings, or let the bind account read that entry.',
  },
  ldap_canary_missing: {
    status: 502,
    meaning: 'An entry that has to be there cannot be read, so the bind account sees too little; nothing is concluded.',
    remedy: 'Give the bind account back its rights to read and search the base, or correct `canaryDn`.',
  },
  ldap_base_shows_nothing: {
    status: 502,
    meaning: 'The base exists, but the bind account sees nothing below it; nothing is concluded from that.',
    remedy: 'Give the bind account the right to search and read below the base, or correct the base.',
  },
  ldap_filter_fits_nobody: {
    status: 502,
    meaning: 'There are entries below the base, but none of them fits the filter for people; nothing is concluded.',
    remedy: 'Correct `users.filter`, or let the bind account search by the attributes in it (often `objectClass`).',
  },
  ldap_id_missing: {
    status: 502,
    meaning: 'Entries come without the attribute that identifies them for ever.',
    remedy: 'Let the bind account read the attribute named in the message, or choose another one under `users.id`.',
  },
  ldap_id_not_unique: {
    status: 502,
    meaning: 'Two entries have the same identifying attribute.',
    remedy: 'Choose an attribute that is unique for ever under `users.id` or `groups.id`.',
  },
  ldap_login_missing: {
    status: 502,
    meaning: 'Nobody has the attribute that people sign in with.',
    remedy: 'Correct `users.login`, or let the bind account read that attribute.',
  },
  ldap_enabled_unreadable: {
    status: 502,
    meaning: 'Entries come without the attribute that tells whether they are enabled, so nobody can know.',
    remedy: 'Let the bind account read the attribute named in the message, or set `users.enabled` to `always`.',
  },
  ldap_members_moving: {
    status: 503,
    meaning: 'A large group changed again and again while its members were read.',
    remedy: 'Synchronize again at a quieter time.',
  },
  ldap_attribute_not_readable: {
    status: 502,
    meaning: 'None of the sampled people has an attribute of the settings.',
    remedy: 'Check the spelling with `rollcall attributes`, and let the bind account read it.',
  },
  ldap_answer_malformed: {
    status: 502,
    meaning: 'What came back is not LDAP, or lacks what every answer has; nothing is concluded from it.',
    remedy: 'Check that host and port are those of a directory server, and look at proxies between.',
  },
  ldap_answer_too_large: {
    status: 502,
    meaning: 'The directory server sent more than any directory needs.',
    remedy: 'Check the base and the filters; report the size of the directory to the makers of Rollcall.',
  },
  ldap_reading_too_long: {
    status: 504,
    meaning: 'A reading took longer than any reading may.',
    remedy: 'Synchronize again at a quieter time; check indexes and load of the server.',
  },
  ldap_request_refused: {
    status: 502,
    meaning: 'The directory server refuses a request for a reason that Rollcall has no own words for.',
    remedy: 'Look up the result code in RFC 4511, appendix A, and the log of the server.',
  },
  ldap_lookup_ambiguous: {
    status: 502,
    meaning: 'Several people have the same login name.',
    remedy: 'Make the login name unique in the directory, narrow the filter, or look the person up by id.',
  },
})
