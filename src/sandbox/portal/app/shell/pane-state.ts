import { useRef, useState } from 'react'
import type { Pane, PaneAnswer, QuestionPane } from '../host.ts'

/** The one context pane that is open, and whoever waits for what it gives back. */
export interface PaneState {
  pane: Pane | undefined
  open(pane: Pane): void
  /** Closes it when it is open already. */
  toggle(pane: Pane): void
  /** Undefined when the pane is closed or another one is opened. */
  ask(pane: QuestionPane): Promise<PaneAnswer | undefined>
  close(answer?: PaneAnswer): void
}

export function usePane(): PaneState {
  const [pane, setPane] = useState<Pane>()
  const waiting = useRef<(answer: PaneAnswer | undefined) => void>(undefined)
  const [actions] = useState(() => {
    const show = (next: Pane | undefined, answer?: PaneAnswer) => {
      waiting.current?.(answer)
      waiting.current = undefined
      setPane(next)
    }
    return {
      open: (next: Pane) => show(next),
      close: (answer?: PaneAnswer) => show(undefined, answer),
      ask: (next: QuestionPane) =>
        new Promise<PaneAnswer | undefined>(resolve => {
          show(next)
          waiting.current = resolve
        }),
    }
  })
  return {
    pane,
    ...actions,
    toggle: next => (pane?.type === next.type && next.type !== 'stub' ? actions.close() : actions.open(next)),
  }
}
