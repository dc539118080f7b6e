import { Loaded } from '../../../components/loaded.tsx'
import { useScim } from '../api/scim.ts'
import { BaseUrl } from './base-url.tsx'
import styles from './scim-access.module.css'
import { ScimFacts } from './scim-facts.tsx'
import { Tokens } from './tokens.tsx'

/** What an administrator enters at a provider that pushes, and how the two get on. */
export function ScimAccess({ slug }: { readonly slug: string }) {
  return (
    <Loaded query={useScim(slug)}>
      {(scim) => (
        <div className={styles.access}>
          <BaseUrl scim={scim} />
          <ScimFacts scim={scim} />
          <Tokens slug={slug} tokens={scim.tokens} jwtIssuer={scim.jwtIssuer} />
        </div>
      )}
    </Loaded>
  )
}
