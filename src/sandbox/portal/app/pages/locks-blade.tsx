import { Spinner } from '@fluentui/react-components'
import { useRef, useState } from 'react'
import { useHost } from '../host.ts'
import type { Lock } from '../resource-manager.ts'
import { groupIdOf, groupOf, nameOf, sameId, subscriptionOf } from '../resource-manager.ts'
import { FormKit } from '../wizard/form-kit.tsx'
import { useKit } from '../wizard/kit-context.ts'
import type { Command } from './command-bar.tsx'
import { CommandBar } from './command-bar.tsx'
import { Table } from './list-blade.tsx'
import { useLoaded } from './loaded.ts'

const types = [
  { key: 'ReadOnly', text: 'Read-only' },
  { key: 'CanNotDelete', text: 'Delete' },
]

/** A lock as the callout has it; `scope` is what it hangs on. */
interface Draft {
  scope: string
  name: string
  isNew: boolean
  level: string
  notes: string
}

/** Settings > Locks of a subscription, a group or a resource (learn.microsoft.com, "Lock your resources to protect your infrastructure"). */
export function LocksBlade({ id }: { id: string }) {
  return (
    <FormKit>
      <Locks key={id} id={id} />
    </FormKit>
  )
}

const provider = '/providers/Microsoft.Authorization/locks'
const scopeOf = (lock: Lock) => lock.id.slice(0, lock.id.toLowerCase().lastIndexOf(provider.toLowerCase()))

function Locks({ id }: { id: string }) {
  const { resourceManager, delays, navigate, carryOut } = useHost()
  const [locks, reload] = useLoaded(id, async signal => {
    await delays.wait('list', signal)
    return resourceManager.list<Lock>(`${id}${provider}`)
  })
  const [draft, setDraft] = useState<Draft>()
  const opener = useRef<Element>(null)
  const open = (next: Draft) => {
    opener.current = document.activeElement
    setDraft(next)
  }
  const close = () => {
    setDraft(undefined)
    if (opener.current instanceof HTMLElement) opener.current.focus()
  }
  const save = ({ scope, name, level, notes }: Draft) => {
    close()
    void carryOut({
      change: { method: 'PUT', id: `${scope}${provider}/${name}`, body: { properties: { level, notes } } },
      texts: {
        running: { title: 'Saving lock', description: `Saving lock '${name}'...` },
        done: { title: 'Lock saved', description: `Successfully saved lock '${name}'.` },
        failed: { title: 'Failed to save lock', description: `The lock '${name}' was not saved.` },
      },
    })
  }
  const remove = (lock: Lock) =>
    void carryOut({
      change: { method: 'DELETE', id: lock.id },
      texts: {
        running: { title: 'Deleting lock', description: `Deleting lock '${lock.name}'...` },
        done: { title: 'Lock deleted', description: `Successfully deleted lock '${lock.name}'.` },
        failed: { title: 'Failed to delete lock', description: `The lock '${lock.name}' was not deleted.` },
      },
    })
  const rows = (locks.type === 'loaded' ? locks.value : []).map(lock => ({
    key: lock.id,
    cells: [
      lock.name,
      types.find(({ key }) => key === lock.properties.level)?.text ?? lock.properties.level,
      describeScope(scopeOf(lock)),
      lock.properties.notes ?? '',
    ],
    actions: [
      { text: 'Edit', press: () => open(draftOf(lock)) },
      { text: 'Delete', press: () => remove(lock) },
    ],
  }))
  const parents: Command[] = parentsOf(id).map(([name, parent]) => ({
    name,
    icon: 'open',
    onPress: () => navigate({ page: 'resource', id: parent, item: 'locks' }),
  }))

  return (
    <div className="ext-list">
      <CommandBar
        kind="toolbar"
        commands={[
          {
            name: 'Add',
            icon: 'add',
            onPress: () => open({ scope: id, name: '', isNew: true, level: '', notes: '' }),
          },
          ...parents,
          { name: 'Refresh', icon: 'refresh', onPress: reload },
          { name: 'Feedback', icon: 'feedback' },
        ]}
      />
      <div className="ext-anchor">
        {draft && <LockCallout key={`${draft.scope} ${draft.name}`} draft={draft} onSave={save} onClose={close} />}
      </div>
      {locks.type === 'failed' && <p role="alert">{locks.error.message}</p>}
      {locks.type === 'loading' && <Spinner className="ext-spinner" label="Loading..." />}
      {locks.type === 'loaded' && (
        <Table
          title="Locks"
          columns={['Lock name', 'Lock type', 'Scope', 'Notes']}
          empty="This resource has no locks."
          rows={rows}
        />
      )}
    </div>
  )
}

interface LockCalloutProps {
  draft: Draft
  onSave(draft: Draft): void
  onClose(): void
}

function LockCallout({ draft, onSave, onClose }: LockCalloutProps) {
  const { Callout, CalloutButtons, TextField, PickerField } = useKit()
  const [name, setName] = useState(draft.name)
  const [level, setLevel] = useState(draft.level)
  const [notes, setNotes] = useState(draft.notes)
  const [left, setLeft] = useState(false)
  const problem = checkLockName(name)
  const valid = problem === undefined && level !== ''
  const accept = () => (valid ? onSave({ ...draft, name, level, notes }) : setLeft(true))
  return (
    <Callout onCancel={onClose}>
      <h3>{draft.isNew ? 'Add lock' : `Edit lock '${name}'`}</h3>
      {draft.isNew && (
        <TextField
          label="Lock name"
          required
          autoFocus
          value={name}
          error={left ? problem : undefined}
          onChange={setName}
          onBlur={() => setLeft(name !== '')}
          onEnter={accept}
        />
      )}
      <PickerField
        label="Lock type"
        required
        options={types}
        selected={level || undefined}
        placeholder="Select a lock type"
        loading={false}
        onPick={setLevel}
      />
      <TextField label="Notes" autoFocus={!draft.isNew} value={notes} onChange={setNotes} onEnter={accept} />
      <CalloutButtons valid={valid} onOk={accept} onCancel={onClose} />
    </Callout>
  )
}

function checkLockName(name: string): string | undefined {
  if (name === '') return 'The value must not be empty.'
  if (name.length > 260) return 'The lock name can be up to 260 characters long.'
  return /[<>%&:\\?/]/.test(name) ? 'The lock name must not contain < > % & : \\ ? or /.' : undefined
}

function draftOf(lock: Lock): Draft {
  const { level, notes = '' } = lock.properties
  return { scope: scopeOf(lock), name: lock.name, isNew: false, level, notes }
}

const describeScope = (scope: string) => (groupOf(scope) === '' ? 'Subscription' : nameOf(scope))

/** The scopes around one, each with a page of locks of its own. */
function parentsOf(id: string): [name: string, id: string][] {
  const around: [string, string][] = [
    ['Resource group', groupIdOf(id)],
    ['Subscription', `/subscriptions/${subscriptionOf(id)}`],
  ]
  return around.filter(([, parent]) => !sameId(parent, id) && id.length > parent.length)
}
