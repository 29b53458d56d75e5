import { useState } from 'react'
import type { Pane, PaneAnswer } from '../host.ts'
import { useHost } from '../host.ts'
import { groupOf, sameId } from '../resource-manager.ts'
import { useLoaded } from '../pages/loaded.ts'
import { FormKit } from '../wizard/form-kit.tsx'
import { useKit } from '../wizard/kit-context.ts'
import type { ContextPaneProps } from './context-pane.tsx'

type Props = ContextPaneProps<Extract<Pane, { type: 'machines' }>>

/** The machines that a vault could protect, to be ticked: only those of its region (learn.microsoft.com, "Back up Azure VMs in a vault"). */
export function MachinesPane(props: Props) {
  return (
    <FormKit>
      <Machines {...props} />
    </FormKit>
  )
}

function Machines({ pane, onClose }: Props) {
  const { resourceManager, delays } = useHost()
  const { Button } = useKit()
  const [ticked, setTicked] = useState<PaneAnswer>()
  const [machines] = useLoaded(pane.location, async signal => {
    await delays.wait('list', signal)
    const resources = await resourceManager.resources(`/subscriptions/${pane.subscription}`)
    return resources.filter(
      ({ id, type, location }) =>
        type.toLowerCase() === 'microsoft.compute/virtualmachines' &&
        location === pane.location &&
        !pane.taken.some(other => sameId(other, id)),
    )
  })
  const found = machines.type === 'loaded' ? machines.value : []
  const isChosen = (id: string) => pane.chosen.some(other => sameId(other, id))
  const chosen = ticked ?? Object.fromEntries(found.filter(({ id }) => isChosen(id)).map(({ id, name }) => [id, name]))
  const toggle = (id: string, name: string) => {
    const { [id]: known, ...others } = chosen
    setTicked(known === undefined ? { ...chosen, [id]: name } : others)
  }
  return (
    <div className="fxs-pane-form">
      <div className="fxs-pane-text fxs-pane-scroll">
        <p>The virtual machines in the region of the vault that no vault protects.</p>
        {machines.type === 'loading' && <p>Loading...</p>}
        {machines.type === 'failed' && <p role="alert">{machines.error.message}</p>}
        {machines.type === 'loaded' && found.length === 0 && <p>No virtual machines found.</p>}
        {found.length > 0 && (
          <table className="fxs-table" aria-label="Virtual machines">
            <thead>
              <tr>
                <th aria-label="Selection" />
                <th>Virtual machine name</th>
                <th>Resource group</th>
              </tr>
            </thead>
            <tbody>
              {found.map(({ id, name }) => (
                <tr key={id}>
                  <td>
                    <input type="checkbox" aria-label={name} checked={id in chosen} onChange={() => toggle(id, name)} />
                  </td>
                  <td>{name}</td>
                  <td>{groupOf(id)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
      <div className="fxs-pane-footer fxs-buttons">
        <Button text="OK" primary disabled={Object.keys(chosen).length === 0} onPress={() => onClose(chosen)} />
        <Button text="Cancel" onPress={() => onClose()} />
      </div>
    </div>
  )
}
