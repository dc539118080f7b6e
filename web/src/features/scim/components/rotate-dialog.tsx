import type { ScimTokenView } from '@rollcall/contract/api/scim'
import { useRotateToken } from '../api/change-tokens.ts'
import { IssuedToken } from './issued-token.tsx'
import { RotateTokenForm } from './rotate-token-form.tsx'
import { TokenDialog } from './token-dialog.tsx'

interface Props {
  readonly slug: string
  /** Closed without one. */
  readonly token: ScimTokenView | undefined
  readonly onClose: () => void
}

/** Stands apart from the table: the rotated token may leave that while the new one is still to be copied. */
export function RotateDialog({ slug, token, onClose }: Props) {
  const rotate = useRotateToken(slug)
  const close = () => {
    onClose()
    rotate.reset()
  }
  return (
    <TokenDialog isOpen={token !== undefined} isPrecious={rotate.isSuccess} onClose={close}>
      {rotate.data && <IssuedToken token={rotate.data.token} onClose={close} />}
      {!rotate.data && token && <RotateTokenForm token={token} rotate={rotate} onClose={close} />}
    </TokenDialog>
  )
}
