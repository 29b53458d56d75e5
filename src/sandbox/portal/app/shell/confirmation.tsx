import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
} from '@fluentui/react-components'
import { DismissRegular } from '@fluentui/react-icons'

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
    <Dialog open onOpenChange={onDecline}>
      <DialogSurface className="fxs-messagebox" aria-describedby={undefined}>
        <DialogBody>
          <DialogTitle
            action={<Button appearance="subtle" aria-label="Close" icon={<DismissRegular />} onClick={onDecline} />}
          >
            {title}
          </DialogTitle>
          <DialogContent>{text}</DialogContent>
          <DialogActions>
            <Button appearance="primary" className="fxs-button-danger" onClick={onConfirm}>
              Delete
            </Button>
            <Button onClick={onDecline}>{decline}</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  )
}
