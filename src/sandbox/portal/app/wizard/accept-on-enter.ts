import type { KeyboardEvent } from 'react'

/** Keeps the key from going on to press the button that gets the keyboard next. */
export function acceptOnEnter(event: KeyboardEvent, accept: (() => void) | undefined): void {
  if (event.key !== 'Enter' || !accept) return
  event.preventDefault()
  accept()
}
