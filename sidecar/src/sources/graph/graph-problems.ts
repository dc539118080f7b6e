import { defineProblems } from '../../problem/problem.ts'

/** What can go wrong between us and Entra ID once its answers arrive. */
export const graphProblems = defineProblems({
  graph_credential_missing: {
    status: 400,
    meaning: 'The connection has neither a client secret nor a certificate, or both.',
    remedy: 'Give exactly one of `clientSecret` and `certificate`.',
  },
  graph_certificate_unreadable: {
    status: 400,
    meaning: 'The certificate or its private key cannot be read.',
    remedy: 'Give certificate and private key as PEM that belong together, and the passphrase if the key has one.',
  },
  graph_tenant_unknown: {
    status: 502,
    meaning: 'Entra ID knows no such tenant in this cloud.',
    remedy: "Copy the Directory (tenant) ID from the app registration's overview page and check the cloud.",
  },
  graph_client_unknown: {
    status: 502,
    meaning: 'The tenant knows no application with this client ID.',
    remedy: 'Copy the Application (client) ID from the overview page of an app registration of this very tenant.',
  },
  graph_client_disabled: {
    status: 502,
    meaning: 'The application is disabled in the tenant.',
    remedy: 'Enable the app under Enterprise applications > Properties > Enabled for users to sign in.',
  },
  graph_secret_wrong: {
    status: 502,
    meaning: 'The client secret is wrong.',
    remedy: 'Give the value of the secret, not its ID; if it was not noted down, make a new secret and give that.',
  },
  graph_secret_expired: {
    status: 502,
    meaning: 'The client secret has expired.',
    remedy: 'Make a new client secret under Certificates & secrets and give its value and its day of expiry.',
  },
  graph_certificate_refused: {
    status: 502,
    meaning: 'Entra ID does not accept the certificate: it is not registered for the application, or has expired.',
    remedy: 'Upload the certificate under Certificates & secrets of the app registration, and check its dates.',
  },
  graph_clock_wrong: {
    status: 502,
    meaning: 'Entra ID refuses the sign-in because the clock of this machine is wrong.',
    remedy: 'Set the clock of the machine that Rollcall runs on, for instance by NTP.',
  },
  graph_wrong_cloud: {
    status: 502,
    meaning: 'The tenant belongs to another cloud than the one in the settings.',
    remedy: 'Choose the cloud of the tenant in the settings, or correct `graphUrl`.',
  },
  graph_policy_blocks: {
    status: 502,
    meaning: 'A Conditional Access policy of the tenant blocks the application.',
    remedy: 'Exempt the application, or the address of this machine, from the policy for workload identities.',
  },
  graph_sign_in_refused: {
    status: 502,
    meaning: 'Entra ID refuses the sign-in for a reason that Rollcall has no own words for.',
    remedy: 'Look up the AADSTS number at https://login.microsoftonline.com/error.',
  },
  graph_sign_in_unavailable: {
    status: 503,
    meaning: 'The sign-in service of Entra ID does not answer properly at the moment.',
    remedy: 'Wait; the next run tries again. See https://status.entra.microsoft.com if it stays.',
  },
  graph_consent_missing: {
    status: 502,
    meaning: 'Nobody has granted the application any permission that reading people and groups needs.',
    remedy:
      'Add the application permissions User.Read.All and Directory.Read.All for Microsoft Graph, then Grant admin consent.',
  },
  graph_permission_missing: {
    status: 502,
    meaning: 'A permission is missing that this reading needs.',
    remedy: 'Add the application permission named in the message for Microsoft Graph, then Grant admin consent.',
  },
  graph_values_hidden: {
    status: 502,
    meaning: 'Graph lists objects without their values, which it does when a permission is missing.',
    remedy: 'Add the application permission named in the message for Microsoft Graph, then Grant admin consent.',
  },
  graph_token_refused: {
    status: 502,
    meaning: 'Graph refuses a token that Entra ID has just issued.',
    remedy: 'Check that cloud, `loginUrl` and `graphUrl` belong together.',
  },
  graph_attribute_unknown: {
    status: 400,
    meaning: 'The tenant has no user property of that name.',
    remedy: 'Correct the name under `attributes`; Graph tells upper and lower case apart.',
  },
  graph_attribute_not_readable: {
    status: 400,
    meaning: 'A property under `attributes` is stored outside the directory and cannot be read for everybody.',
    remedy: 'Remove properties such as `aboutMe`, `skills` or `mailboxSettings` from `attributes`.',
  },
  graph_request_refused: {
    status: 502,
    meaning: 'Graph refuses a request for a reason that Rollcall has no own words for.',
    remedy: 'Give the request id in the details to Microsoft support, or report it to the makers of Rollcall.',
  },
  graph_throttled: {
    status: 503,
    meaning: 'Graph keeps answering that there are too many requests.',
    remedy: 'Wait; the next run tries again. Other applications of the tenant may use up the same quota.',
  },
  graph_unavailable: {
    status: 503,
    meaning: 'Graph keeps failing.',
    remedy: 'Wait; the next run tries again. See https://status.cloud.microsoft if it stays.',
  },
  graph_round_expired: {
    status: 503,
    meaning: 'Graph forgot in the middle of a reading where that reading stood.',
    remedy: 'Synchronize again: the next reading starts anew.',
  },
  graph_page_malformed: {
    status: 502,
    meaning: 'A page of Graph lacks what every page has; nothing is concluded from the reading.',
    remedy: 'Synchronize again; if it stays, look at proxies between that change answers.',
  },
  graph_pages_loop: {
    status: 502,
    meaning: 'The pages of Graph lead back to one that was read already; nothing is concluded from the reading.',
    remedy: 'Synchronize again; the next reading starts anew.',
  },
  graph_reading_too_large: {
    status: 502,
    meaning: 'A reading went beyond the number of pages or bytes that any tenant needs.',
    remedy: 'Report the size of the tenant to the makers of Rollcall.',
  },
  graph_reading_too_long: {
    status: 504,
    meaning: 'A reading took longer than any reading may.',
    remedy: 'Synchronize again at a quieter time; check whether Graph throttles the tenant.',
  },
  graph_secret_expires: {
    status: 200,
    meaning: 'The client secret or certificate expires soon, or has expired by the day in the settings.',
    remedy: 'Make a new one under Certificates & secrets and give it with its day of expiry.',
  },
})
