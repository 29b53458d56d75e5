import type { RefObject } from 'react'
import { useLayoutEffect, useState } from 'react'

/** Rows above and below what is in sight that are in the document nevertheless. */
const spare = 10

/** Which of `count` rows of one height (pixels) are worth having in the document: from `first` to before `last`. */
export function useRowsInSight(body: RefObject<HTMLElement | null>, count: number, height: number) {
  const [sight, setSight] = useState({ first: 0, last: 0 })
  useLayoutEffect(() => {
    const look = () => {
      const top = body.current?.getBoundingClientRect().top ?? 0
      const first = Math.max(0, Math.min(count, Math.floor(-top / height) - spare))
      const last = Math.max(first, Math.min(count, Math.ceil((window.innerHeight - top) / height) + spare))
      setSight(known => (known.first === first && known.last === last ? known : { first, last }))
    }
    look()
    document.addEventListener('scroll', look, { capture: true, passive: true })
    window.addEventListener('resize', look)
    return () => {
      document.removeEventListener('scroll', look, { capture: true })
      window.removeEventListener('resize', look)
    }
  }, [body, count, height])
  return sight
}
