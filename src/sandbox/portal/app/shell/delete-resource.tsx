import type { Pane } from '../host.ts'
import { typeOf } from '../resource-manager.ts'
import { Confirmation } from './confirmation.tsx'
import type { ContextPaneProps } from './context-pane.tsx'

/** A single resource asks once (portal-facts.md §8). */
export function DeleteResource(props: ContextPaneProps<Extract<Pane, { type: 'delete-resource' }>>) {
  const { pane, operations, onClose } = props
  return (
    <Confirmation
      title={`Delete ${pane.kind}`}
      text={`Do you want to delete '${pane.name}'? It can't be brought back from here.`}
      decline="Cancel"
      onConfirm={() => {
        onClose()
        void operations.deleteResource(pane.id, pane.name, typeOf(pane.id))
      }}
      onDecline={onClose}
    />
  )
}
