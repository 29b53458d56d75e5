import type { ReactNode } from 'react'
import { useLayoutEffect, useRef } from 'react'
import { useVolatileId } from '../volatile-id.ts'

interface ModalProps {
  title: string
  children: ReactNode
  /** The last row. */
  buttons: ReactNode
  /** Has a cross in the corner. */
  closable?: boolean
  /** Escape was pressed, or the cross. */
  onDismiss(): void
}

/** A dialog that keeps everything else from being used until it is answered (portal-facts.md §2). */
export function Modal({ title, children, buttons, closable = false, onDismiss }: ModalProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const titleId = useVolatileId('dialog-title')

  // Closed before it is removed, so that the browser gives the keyboard back.
  useLayoutEffect(() => {
    const element = dialog.current
    element?.showModal()
    return () => element?.close()
  }, [])

  return (
    <dialog
      ref={dialog}
      aria-labelledby={titleId}
      className="fxs-blade-dialog fxs-messagebox"
      onCancel={event => {
        event.preventDefault()
        onDismiss()
      }}
    >
      <div className="fxs-messagebox-header">
        <h2 id={titleId}>{title}</h2>
        {closable && (
          <button type="button" className="fxs-blade-button" aria-label="Close" onClick={onDismiss}>
            ✕
          </button>
        )}
      </div>
      {children}
      <div className="fxs-buttons">{buttons}</div>
    </dialog>
  )
}
