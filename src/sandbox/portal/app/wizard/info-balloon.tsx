import { InfoRegular } from '@fluentui/react-icons'
import { useEffect, useRef, useState } from 'react'

/** A button that has the field's own name, and a balloon that may cover the next field (portal-facts.md §5). */
export function InfoBalloon({ label, text, className }: { label: string; text: string; className: string }) {
  const [open, setOpen] = useState(false)
  const place = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    if (!open) return
    const onPress = (event: MouseEvent) => {
      if (!place.current?.contains(event.target as Node)) setOpen(false)
    }
    document.addEventListener('mousedown', onPress)
    return () => document.removeEventListener('mousedown', onPress)
  }, [open])
  return (
    <span
      ref={place}
      className={className}
      onKeyDown={event => event.key === 'Escape' && setOpen(false)}
      onBlur={() => setOpen(false)}
    >
      <button type="button" aria-label={label} aria-expanded={open} onClick={() => setOpen(!open)}>
        <InfoRegular aria-hidden="true" />
      </button>
      {open && (
        <span role="tooltip" className="azc-balloon">
          {text}
        </span>
      )}
    </span>
  )
}
