import { Button, Input, Spinner } from '@fluentui/react-components'
import { WarningFilled } from '@fluentui/react-icons'
import { useEffect, useState } from 'react'
import { typeTitle } from '../catalog.ts'
import type { Pane } from '../host.ts'
import { useHost } from '../host.ts'
import type { Resource } from '../resource-manager.ts'
import { useVolatileId } from '../volatile-id.ts'
import type { ContextPaneProps } from './context-pane.tsx'
import { Confirmation } from './confirmation.tsx'
import { EntryIcon } from '../entry-icon.tsx'

/** The text beside the box has changed over the years (portal-facts.md §8, §14). */
/** The group's name has to be typed exactly, and the deletion confirmed once more (portal-facts.md §8). */
export function DeleteGroup({ pane, operations, onClose }: ContextPaneProps<Extract<Pane, { type: 'delete-group' }>>) {
  const { resourceManager, settings, delays } = useHost()
  const [resources, setResources] = useState<Resource[]>()
  const [typed, setTyped] = useState('')
  const [confirming, setConfirming] = useState(false)
  const boxId = useVolatileId('form-label-id')
  const matches = typed === pane.name

  useEffect(() => {
    const stop = new AbortController()
    const load = async () => {
      await delays.wait('list', stop.signal)
      setResources(await resourceManager.resources(pane.id))
    }
    load().catch(() => undefined)
    return () => stop.abort()
  }, [resourceManager, delays, pane.id])

  const confirm = () => {
    onClose()
    void operations.deleteGroup(pane.id, pane.name)
  }

  return (
    <>
      <div className="fxs-pane-text fxs-pane-scroll">
        <div className="fxc-infoBox-container fxc-infoBox-warning" role="status">
          <WarningFilled aria-hidden="true" />
          <span>The resource group and everything in it will be deleted permanently. This can&apos;t be undone.</span>
        </div>
        <h3>Resource group to be deleted</h3>
        <p className="fxs-pane-resource">
          <EntryIcon title="Resource group" /> {pane.name}
        </p>
        <h3>Dependent resources to be deleted{resources ? ` (${resources.length})` : ''}</h3>
        <p>All dependent resources, including hidden types, are shown</p>
        <Dependents resources={resources} />
      </div>
      <div className="fxs-pane-footer fxs-pane-confirm">
        <label htmlFor={boxId}>{settings.traits.deletionBox}</label>
        <Input
          id={boxId}
          value={typed}
          autoComplete="off"
          spellCheck={false}
          placeholder={settings.traits.deletionBox.startsWith('Enter') ? pane.name : ''}
          onChange={(_, { value }) => setTyped(value)}
        />
        <div className="fxs-buttons">
          <Button appearance="primary" disabled={!matches} onClick={() => setConfirming(true)}>
            Delete
          </Button>
          <Button onClick={() => onClose()}>Cancel</Button>
        </div>
      </div>
      {confirming && (
        <Confirmation
          title="Delete confirmation"
          text={`Deleting this resource group and its dependent resources is a permanent action and can't be undone. Delete '${pane.name}'?`}
          decline="Go back"
          onConfirm={confirm}
          onDecline={() => setConfirming(false)}
        />
      )}
    </>
  )
}

function Dependents({ resources }: { resources: Resource[] | undefined }) {
  if (!resources) return <Spinner size="tiny" label="Loading..." labelPosition="after" />
  return (
    <table className="fxs-table">
      <thead>
        <tr>
          <th>Name</th>
          <th>Resource type</th>
        </tr>
      </thead>
      <tbody>
        {resources.map(({ id, name, type }) => (
          <tr key={id}>
            <td>{name}</td>
            <td>{typeTitle(type)}</td>
          </tr>
        ))}
        {resources.length === 0 && (
          <tr>
            <td colSpan={2}>There are no dependent resources.</td>
          </tr>
        )}
      </tbody>
    </table>
  )
}
