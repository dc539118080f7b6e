import { Component, type ReactNode } from 'react'
import { ProblemMessage } from '../../components/problem-message.tsx'

interface State {
  readonly fault: unknown
}

/** A fault of one page leaves the frame standing. React offers this only to classes. */
export class FaultBoundary extends Component<{ readonly children: ReactNode }, State> {
  override state: State = { fault: undefined }

  static getDerivedStateFromError(fault: unknown): State {
    return { fault }
  }

  override render(): ReactNode {
    if (this.state.fault === undefined) return this.props.children
    return <ProblemMessage error={this.state.fault} onRetry={() => window.location.reload()} />
  }
}
