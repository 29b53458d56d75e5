import { useState } from 'react'
import type { Pane, PaneField } from '../host.ts'
import { FormKit } from '../wizard/form-kit.tsx'
import { useKit } from '../wizard/kit-context.ts'
import type { ContextPaneProps } from './context-pane.tsx'

type Props = ContextPaneProps<Extract<Pane, { type: 'form' }>>
type Asked = Exclude<PaneField, { kind: 'note' }>
type Values = Readonly<Record<string, string>>

/** A few fields, such as those of one more subnet, and a button that gives them back (portal-facts.md §2, §6). */
export function FormPane(props: Props) {
  return (
    <FormKit>
      <PaneForm {...props} />
    </FormKit>
  )
}

function PaneForm({ pane, onClose }: Props) {
  const { Button } = useKit()
  const [values, setValues] = useState<Values>({})
  const shown = pane.fields.filter(({ when }) => !when || valueOf(pane.fields, values, when.field) === when.is)
  const asked = shown.filter((field): field is Asked => field.kind !== 'note')
  const complete = asked.every(field => isComplete(field, valueOf(pane.fields, values, field.id)))
  const accept = () => {
    if (complete) onClose(Object.fromEntries(asked.map(field => [field.id, valueOf(pane.fields, values, field.id)])))
  }
  return (
    <div className="fxs-pane-form">
      <div className="fxs-pane-text fxs-pane-scroll">
        {shown.map((field, index) => (
          <Field
            key={'id' in field ? field.id : index}
            field={field}
            value={'id' in field ? valueOf(pane.fields, values, field.id) : ''}
            onChange={(id, value) => setValues({ ...values, [id]: value })}
            onEnter={accept}
          />
        ))}
      </div>
      <div className="fxs-pane-footer fxs-buttons">
        <Button text={pane.button} primary disabled={!complete} onPress={accept} />
        <Button text="Cancel" onPress={() => onClose()} />
      </div>
    </div>
  )
}

interface FieldProps {
  field: PaneField
  value: string
  onChange(id: string, value: string): void
  onEnter(): void
}

function Field({ field, value, onChange, onEnter }: FieldProps) {
  const { TextField, PickerField, RadioField } = useKit()
  switch (field.kind) {
    case 'note':
      return <p>{field.text}</p>
    case 'input':
      return (
        <TextField
          label={field.label}
          required={!field.optional}
          value={value}
          onChange={text => onChange(field.id, text)}
          onEnter={onEnter}
        />
      )
    case 'pick':
      return (
        <PickerField
          label={field.label}
          required
          options={field.options}
          selected={value || undefined}
          placeholder="Select an option"
          loading={false}
          onPick={key => onChange(field.id, key)}
        />
      )
    case 'radio':
      return (
        <RadioField
          label={field.label}
          options={field.options}
          selected={value}
          onPick={key => onChange(field.id, key)}
        />
      )
  }
}

function valueOf(fields: PaneField[], values: Values, id: string): string {
  const field = fields.find((one): one is Asked => 'id' in one && one.id === id)
  return values[id] ?? field?.initial ?? ''
}

function isComplete(field: Asked, value: string): boolean {
  if (field.kind !== 'input') return value !== ''
  if (field.mustBe !== undefined) return value === field.mustBe
  return field.optional === true || value.trim() !== ''
}
