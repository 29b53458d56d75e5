import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
} from '@fluentui/react-components'

/** Asks before a form with unsaved edits is left. */
export function UnsavedEdits({ onLeave, onStay }: { onLeave(): void; onStay(): void }) {
  return (
    <Dialog open onOpenChange={onStay}>
      <DialogSurface className="fxs-messagebox">
        <DialogBody>
          <DialogTitle>Discard unsaved edits?</DialogTitle>
          <DialogContent>Your unsaved edits will be discarded if you leave this page.</DialogContent>
          <DialogActions>
            <Button appearance="primary" onClick={onLeave}>
              OK
            </Button>
            <Button onClick={onStay}>Cancel</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  )
}
