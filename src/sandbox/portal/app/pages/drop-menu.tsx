import type { ReactNode } from 'react'
import { useEffect, useRef } from 'react'

/** A menu under its button, whose parent it shares. Escape and a press elsewhere close it. */
export function DropMenu({ name, children, onClose }: { name: string; children: ReactNode; onClose(): void }) {
  const surface = useRef<HTMLDivElement>(null)
  useEffect(() => {
    surface.current?.querySelector('button')?.focus()
    const onPress = (event: MouseEvent) => {
      if (!surface.current?.parentElement?.contains(event.target as Node)) onClose()
    }
    document.addEventListener('mousedown', onPress)
    return () => document.removeEventListener('mousedown', onPress)
  }, [onClose])
  return (
    <div
      ref={surface}
      role="menu"
      aria-label={name}
      className="ext-menu"
      onKeyDown={event => {
        if (event.key === 'Escape') onClose()
      }}
    >
      {children}
    </div>
  )
}
