import type { ReactElement } from 'react'
import type { Traits } from '../../traits.ts'
import { useHost } from '../host.ts'
import type { ChosenZone, Entries, Form } from './answers.ts'
import { keyOf, off, on, optionsOf } from './answers.ts'
import { CreateNew } from './create-new.tsx'
import type { Answers, Field, ListDeclaration, PickDeclaration } from './declaration.ts'
import { newKey } from './declaration.ts'
import { useKit } from './kit-context.ts'
import { GroupField, RegionField, SubscriptionField } from './project-fields.tsx'
import { TagsGrid } from './tags.tsx'
import type { FormState } from './wizard.tsx'

interface FieldProps<Kind extends Field = Field> {
  field: Kind
  form: Form
  answers: Answers
  state: FormState
  change(part: Partial<Entries>): void
}

/** One field of a declared form, in the controls of the page's generation. */
export function DeclaredField(props: FieldProps): ReactElement {
  const { field, form, answers, state, change } = props
  const { TextField, RadioField, CheckField } = useKit()
  const { settings } = useHost()
  const set = (id: string, value: string) => change({ values: { ...form.entries.values, [id]: value } })
  const error = state.problemOf(keyOf(field))
  switch (field.kind) {
    case 'heading':
      return <h2 className="ext-section">{inCaseOf(settings.traits, field.text)}</h2>
    case 'text':
      return <p>{field.text}</p>
    case 'subscription':
      return <SubscriptionField project={form.project} state={state} />
    case 'group':
      return <GroupField project={form.project} state={state} />
    case 'region':
      return (
        <RegionField
          project={form.project}
          state={state}
          {...(field.zones
            ? { zone: form.entries.zone, onZone: (zone: ChosenZone | undefined) => change({ zone }) }
            : {})}
        />
      )
    case 'tags':
      return <TagsGrid tags={form.entries.tags} onChange={tags => change({ tags })} />
    case 'input':
    case 'password':
      return (
        <TextField
          {...ask(field)}
          required={field.required ?? false}
          secret={field.kind === 'password'}
          {...(field.placeholder === undefined ? {} : { placeholder: field.placeholder })}
          value={answers.value(field.id)}
          error={error}
          onChange={value => set(field.id, value)}
          onBlur={() => state.leave(field.id)}
        />
      )
    case 'radio':
      return (
        <RadioField
          {...ask(field)}
          options={field.options}
          selected={answers.value(field.id)}
          onPick={key => set(field.id, key)}
        />
      )
    case 'check':
      return (
        <CheckField
          {...ask(field)}
          checked={answers.isOn(field.id)}
          onChange={checked => set(field.id, checked ? on : off)}
        />
      )
    case 'pick':
      return <Pick {...props} field={field} />
    case 'list':
      return <List {...props} field={field} />
  }
}

/** Headings had capitals once (portal-facts.md §14). */
function inCaseOf({ sections }: Traits, text: string) {
  return sections === 'Project details' ? text : text.replace(/(?<= )[a-z]/g, letter => letter.toUpperCase())
}

const ask = ({ label, info }: { label: string; info?: string }) => ({ label, ...(info === undefined ? {} : { info }) })

function Pick({ field, form, answers, state, change }: FieldProps<PickDeclaration>) {
  const { PickerField } = useKit()
  const { id, label, required, placeholder, load, createNew } = field
  const set = (key: string) => change({ values: { ...form.entries.values, [id]: key } })
  return (
    <PickerField
      {...ask(field)}
      required={required ?? false}
      nested={createNew !== undefined}
      options={optionsOf(field, answers, form.loaded, form.entries)}
      selected={answers.value(id) || undefined}
      placeholder={placeholder ?? ''}
      loading={load !== undefined && form.loaded[id] === undefined}
      error={state.problemOf(id)}
      onPick={set}
    >
      {createNew && (
        <CreateNew
          opener={`${label}: ${createNew.text}`}
          text={createNew.text}
          about={createNew.about}
          check={createNew.check}
          onName={name => set(newKey(name))}
        />
      )}
    </PickerField>
  )
}

/** A table, and a pane of the shell in which a row is filled in. */
function List({ field, form, answers, state, change }: FieldProps<ListDeclaration>) {
  const { askPane } = useHost()
  const { LinkButton } = useKit()
  const { id, label, columns, add, remove, fields, check } = field
  const rows = answers.rows(id)
  const set = (next: typeof rows) => change({ rows: { ...form.entries.rows, [id]: next } })
  const addRow = async () => {
    const asked = fields.map(field => ({ kind: 'input', ...field }) as const)
    const row = await askPane({ type: 'form', title: add.pane, button: add.button, fields: asked })
    if (row) set([...rows, row])
  }
  const error = state.problemOf(id) ?? rows.map(row => check(row, rows, answers)).find(Boolean)
  return (
    <section aria-label={label} className="ext-rows">
      <LinkButton text={add.text} onPress={() => void addRow()} />
      <table role="grid" aria-label={label} className="ext-grid">
        <thead>
          <tr>
            {Object.values(columns).map(column => (
              <th role="columnheader" key={column}>
                {column}
              </th>
            ))}
            <th role="columnheader" aria-label="Actions" />
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              {Object.keys(columns).map(column => (
                <td role="gridcell" key={column}>
                  {row[column]}
                </td>
              ))}
              <td role="gridcell">
                <LinkButton
                  name={`${remove} ${Object.values(row)[0] ?? ''}`}
                  text={remove}
                  onPress={() => set(rows.filter((_, at) => at !== index))}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {error && (
        <p role="alert" className="ext-field-error">
          {error}
        </p>
      )}
    </section>
  )
}
