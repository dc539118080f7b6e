import { authentik } from './authentik.ts'
import { awsMode } from './aws-mode.ts'
import type { Conversation } from './conversation.ts'
import { entra } from './entra.ts'
import { entraCompliant } from './entra-compliant.ts'
import { google } from './google.ts'
import { jumpCloud } from './jumpcloud.ts'
import { keycloak } from './keycloak.ts'
import { oktaCatalogue } from './okta-catalogue.ts'
import { oktaWizard } from './okta-wizard.ts'
import { oneLogin } from './onelogin.ts'
import { ping } from './ping.ts'
import { rfcClient } from './rfc-client.ts'

export const conversations: readonly Conversation[] = [
  entra,
  entraCompliant,
  oktaWizard,
  oktaCatalogue,
  oneLogin,
  google,
  keycloak,
  jumpCloud,
  ping,
  awsMode,
  authentik,
  rfcClient,
]
