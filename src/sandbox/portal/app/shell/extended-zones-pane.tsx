import { useEffect, useState } from 'react'
import type { Pane } from '../host.ts'
import { useHost } from '../host.ts'
import type { ExtendedZone } from '../resource-manager.ts'
import type { ContextPaneProps } from './context-pane.tsx'

/** The list behind "Deploy to an Azure Extended Zone", and a button that takes the chosen one (portal-facts.md §6.1, §17.23). */
export function ExtendedZonesPane({ pane, onClose }: ContextPaneProps<Extract<Pane, { type: 'extended-zones' }>>) {
  const { resourceManager, delays } = useHost()
  const [zones, setZones] = useState<ExtendedZone[]>()
  const [chosen, setChosen] = useState<string>()
  useEffect(() => {
    const stop = new AbortController()
    const read = async () => {
      await delays.wait('form', stop.signal)
      const found = await resourceManager.extendedZones(pane.subscription)
      if (!stop.signal.aborted) setZones(found)
    }
    read().catch(() => !stop.signal.aborted && setZones([]))
    return () => stop.abort()
  }, [resourceManager, delays, pane.subscription])
  const zone = zones?.find(({ name }) => name === chosen)
  return (
    <>
      <div className="fxs-pane-text">
        <p>Extended zones bring services close to places that are far from a region.</p>
        {!zones && <p>Loading...</p>}
        {zones && (
          <div role="radiogroup" aria-label="Extended zones" className="fxs-zones">
            {zones.map(({ name, properties }) => (
              <label key={name}>
                <input type="radio" name="zone" checked={name === chosen} onChange={() => setChosen(name)} />
                {properties.displayName}
              </label>
            ))}
          </div>
        )}
      </div>
      <div className="fxs-pane-footer fxs-buttons">
        <button
          type="button"
          className="fxc-simplebutton fxc-simplebutton-primary"
          disabled={!zone}
          onClick={() =>
            zone &&
            onClose({ name: zone.name, displayName: zone.properties.displayName, home: zone.properties.homeLocation })
          }
        >
          Select
        </button>
        <button type="button" className="fxc-simplebutton" onClick={() => onClose()}>
          Cancel
        </button>
      </div>
    </>
  )
}
