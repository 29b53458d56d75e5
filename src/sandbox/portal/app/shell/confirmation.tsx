import { Button } from '@fluentui/react-components'
import { Modal } from './modal.tsx'

interface ConfirmationProps {
  title: string
  text: string
  decline: string
  onConfirm(): void
  onDecline(): void
}

/** A modal with Delete, a way back and a cross. */
export function Confirmation({ title, text, decline, onConfirm, onDecline }: ConfirmationProps) {
  return (
    <Modal
      title={title}
      closable
      onDismiss={onDecline}
      buttons={
        <>
          <Button appearance="primary" className="fxs-button-danger" onClick={onConfirm}>
            Delete
          </Button>
          <Button onClick={onDecline}>{decline}</Button>
        </>
      }
    >
      <p>{text}</p>
    </Modal>
  )
}
