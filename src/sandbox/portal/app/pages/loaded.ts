import { useCallback, useEffect, useRef, useState } from 'react'
import { useHost } from '../host.ts'

export type Loaded<T> = { type: 'loading' } | { type: 'loaded'; value: T } | { type: 'failed'; error: Error }

/** Reads something when the page appears, when `key` changes, and whenever the shell or the caller asks for it. */
export function useLoaded<T>(key: string, read: (signal: AbortSignal) => Promise<T>): [Loaded<T>, reload: () => void] {
  const host = useHost()
  const [state, setState] = useState<Loaded<T>>({ type: 'loading' })
  const [turn, setTurn] = useState(0)
  const latest = useRef(read)
  latest.current = read

  useEffect(() => host.onRefresh(() => setTurn(count => count + 1)), [host])

  useEffect(() => {
    const stop = new AbortController()
    latest.current(stop.signal).then(
      value => !stop.signal.aborted && setState({ type: 'loaded', value }),
      (error: unknown) => !stop.signal.aborted && setState({ type: 'failed', error: error as Error }),
    )
    return () => stop.abort()
  }, [key, turn])

  const reload = useCallback(() => {
    setState({ type: 'loading' })
    setTurn(count => count + 1)
  }, [])
  return [state, reload]
}
