import { Button } from '@fluentui/react-components'
import { Modal } from './modal.tsx'

interface ConfirmationProps {
  title: string
  text: string
  /** Delete without it. */
  accept?: string
  decline: string
  onConfirm(): void
  onDecline(): void
}

/** A modal that asks once more, with a way back and a cross. */
export function Confirmation({ title, text, accept, decline, onConfirm, onDecline }: ConfirmationProps) {
  return (
    <Modal
      title={title}
      closable
      onDismiss={onDecline}
      buttons={
        <>
          <Button appearance="primary" className={accept ? '' : 'fxs-button-danger'} onClick={onConfirm}>
            {accept ?? 'Delete'}
          </Button>
          <Button onClick={onDecline}>{decline}</Button>
        </>
      }
    >
      <p>{text}</p>
    </Modal>
  )
}
