import { useEffect } from 'react'
import { pause } from '../delays.ts'
import { useHost } from '../host.ts'
import type { Resource } from '../resource-manager.ts'
import type { Loaded } from './loaded.ts'
import { useLoaded } from './loaded.ts'

/** Reads a resource and what a page needs beyond it; undefined where there is none, or none yet (portal-facts.md §17.30). */
export function useResource<T>(
  id: string,
  describe: (resource: Resource) => Promise<T>,
): [Loaded<T | undefined>, reload: () => void] {
  const host = useHost()
  const [loaded, reload] = useLoaded(id, async signal => {
    await host.delays.wait('list', signal)
    if (await host.isFresh(id)) return undefined
    const found = await host.resourceManager.find<Resource>(id)
    return found && describe(found)
  })
  const missing = loaded.type === 'loaded' && loaded.value === undefined

  useEffect(() => {
    if (!missing) return
    const stop = new AbortController()
    const lookAgain = async (): Promise<void> => {
      if (!(await host.isFresh(id))) return
      while (await host.isFresh(id)) await pause(250, stop.signal)
      reload()
    }
    lookAgain().catch(() => undefined)
    return () => stop.abort()
  }, [missing, host, id, reload])

  return [loaded, reload]
}
