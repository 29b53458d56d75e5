import { useState } from 'react'
import type { Pane } from '../host.ts'
import { useVolatileId } from '../volatile-id.ts'
import type { ContextPaneProps } from './context-pane.tsx'

/** A few fields for one more of something that a form has a list of (portal-facts.md §6: "Add a subnet"). */
export function RowPane({ pane, onClose }: ContextPaneProps<Extract<Pane, { type: 'row' }>>) {
  const { fields, button } = pane
  const id = useVolatileId('row')
  const [values, setValues] = useState<Record<string, string>>(() =>
    Object.fromEntries(fields.map(field => [field.id, field.initial ?? ''])),
  )
  const complete = fields.every(field => values[field.id])
  return (
    <form
      className="fxs-pane-form"
      onSubmit={event => {
        event.preventDefault()
        if (complete) onClose(values)
      }}
    >
      <div className="fxs-pane-text">
        {fields.map(field => (
          <div key={field.id} className="fxs-pane-field">
            <label htmlFor={`${id}-${field.id}`}>{field.label}</label>
            <input
              id={`${id}-${field.id}`}
              className="azc-input azc-formControl"
              autoComplete="off"
              value={values[field.id] ?? ''}
              onChange={event => setValues({ ...values, [field.id]: event.target.value })}
            />
          </div>
        ))}
      </div>
      <div className="fxs-pane-footer fxs-buttons">
        <button type="submit" className="fxc-simplebutton fxc-simplebutton-primary" disabled={!complete}>
          {button}
        </button>
        <button type="button" className="fxc-simplebutton" onClick={() => onClose()}>
          Cancel
        </button>
      </div>
    </form>
  )
}
