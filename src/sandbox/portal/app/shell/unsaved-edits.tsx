import { Button } from '@fluentui/react-components'
import { Modal } from './modal.tsx'

/** Asks before a form with unsaved edits is left. */
export function UnsavedEdits({ onLeave, onStay }: { onLeave(): void; onStay(): void }) {
  return (
    <Modal
      title="Discard unsaved edits?"
      onDismiss={onStay}
      buttons={
        <>
          <Button appearance="primary" onClick={onLeave}>
            OK
          </Button>
          <Button onClick={onStay}>Cancel</Button>
        </>
      }
    >
      <p>Your unsaved edits will be discarded if you leave this page.</p>
    </Modal>
  )
}
