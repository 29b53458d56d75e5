import { Modal } from '../shell/modal.tsx'

interface KeyPairDialogProps {
  onAccept(): void
  onCancel(): void
}

/** Asks before a key pair is made: its private key can be had only now (portal-facts.md §6). */
export function KeyPairDialog({ onAccept, onCancel }: KeyPairDialogProps) {
  return (
    <Modal
      title="Generate new key pair"
      onDismiss={onCancel}
      buttons={
        <>
          <button type="button" className="fxc-simplebutton fxc-simplebutton-primary" onClick={onAccept}>
            Download private key and create resource
          </button>
          <button type="button" className="fxc-simplebutton" onClick={onCancel}>
            Return to create a virtual machine
          </button>
        </>
      }
    >
      <p>The private key can be downloaded only once: after the machine is created, nobody can get it any more.</p>
    </Modal>
  )
}
