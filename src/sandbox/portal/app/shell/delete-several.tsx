import { Button, Input } from '@fluentui/react-components'
import { WarningFilled } from '@fluentui/react-icons'
import { useState } from 'react'
import { typeTitle } from '../catalog.ts'
import { EntryIcon } from '../entry-icon.tsx'
import type { Pane } from '../host.ts'
import { useVolatileId } from '../volatile-id.ts'
import { Confirmation } from './confirmation.tsx'
import type { ContextPaneProps } from './context-pane.tsx'

const word = 'delete'

/** Of several resources no name is asked, but the word itself, and the deletion is confirmed once more (portal-facts.md §8). */
export function DeleteSeveral({
  pane,
  operations,
  onClose,
}: ContextPaneProps<Extract<Pane, { type: 'delete-several' }>>) {
  const [typed, setTyped] = useState('')
  const [confirming, setConfirming] = useState(false)
  const boxId = useVolatileId('form-label-id')
  const { resources } = pane
  return (
    <>
      <div className="fxs-pane-text fxs-pane-scroll">
        <div className="fxc-infoBox-container fxc-infoBox-warning" role="status">
          <WarningFilled aria-hidden="true" />
          <span>The selected resources will be deleted permanently. This can&apos;t be undone.</span>
        </div>
        <h3>Resources to be deleted ({resources.length})</h3>
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
                <td>
                  <EntryIcon title={typeTitle(type)} /> {name}
                </td>
                <td>{typeTitle(type)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className="fxs-pane-footer fxs-pane-confirm">
        <label htmlFor={boxId}>Enter &quot;{word}&quot; to confirm deletion</label>
        <Input
          id={boxId}
          value={typed}
          autoComplete="off"
          spellCheck={false}
          placeholder={word}
          onChange={(_, { value }) => setTyped(value)}
        />
        <div className="fxs-buttons">
          <Button appearance="primary" disabled={typed !== word} onClick={() => setConfirming(true)}>
            Delete
          </Button>
          <Button onClick={() => onClose()}>Cancel</Button>
        </div>
      </div>
      {confirming && (
        <Confirmation
          title="Delete confirmation"
          text={`Deleting ${resources.length === 1 ? 'this resource' : `these ${resources.length} resources`} is a permanent action and can't be undone. Delete?`}
          decline="Go back"
          onConfirm={() => {
            onClose()
            void operations.deleteSeveral(resources)
          }}
          onDecline={() => setConfirming(false)}
        />
      )}
    </>
  )
}
