import { useState } from 'react'

let count = Math.floor(Math.random() * 900) + 100

/** An id that is another one at every load, as ids on the live portal are (portal-facts.md §2). */
export function useVolatileId(prefix: string): string {
  const [id] = useState(() => `${prefix}-${(count += 1 + Math.floor(Math.random() * 3))}`)
  return id
}
