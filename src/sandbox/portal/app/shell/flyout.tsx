import type { ReactNode } from 'react'
import { useEffect, useRef } from 'react'

interface FlyoutProps {
  className: string
  children: ReactNode
  role?: 'menu'
  label?: string
  onClose(): void
}

/** A small surface below a button of the header. Escape and a press elsewhere close it; arrows move between its buttons. */
export function Flyout({ className, children, role, label, onClose }: FlyoutProps) {
  const surface = useRef<HTMLDivElement>(null)

  useEffect(() => {
    const opener = document.activeElement
    surface.current?.querySelector<HTMLElement>('button, a')?.focus()
    const onPress = (event: MouseEvent) => {
      if (!surface.current?.parentElement?.contains(event.target as Node)) onClose()
    }
    document.addEventListener('mousedown', onPress)
    return () => {
      document.removeEventListener('mousedown', onPress)
      if (opener instanceof HTMLElement && document.activeElement === document.body) opener.focus()
    }
  }, [onClose])

  return (
    <div
      ref={surface}
      className={`fxs-flyout ${className}`}
      role={role}
      aria-label={label}
      onKeyDown={event => {
        if (event.key === 'Escape') onClose()
        moveFocus(event.key, surface.current)
      }}
    >
      {children}
    </div>
  )
}

function moveFocus(key: string, surface: HTMLElement | null) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[key]
  if (!step || !surface) return
  const stops = [...surface.querySelectorAll<HTMLElement>('button, a')]
  const next = stops.indexOf(document.activeElement as HTMLElement) + step
  stops[(next + stops.length) % stops.length]?.focus()
}
