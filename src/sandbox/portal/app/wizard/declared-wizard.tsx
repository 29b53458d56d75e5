import { useEffect, useState } from 'react'
import { useHost } from '../host.ts'
import type { ResourceGroup } from '../resource-manager.ts'
import type { Entries, Form, LoadedOptions } from './answers.ts'
import { answersOf, findProblems, noEntries, reviewOf, shownFields } from './answers.ts'
import type { Declare, Outcome, Scope, WizardDeclaration } from './declaration.ts'
import { generationOf } from './generation.ts'
import { DeclaredField } from './declared-field.tsx'
import { KeyPairDialog } from './key-pair-dialog.tsx'
import type { Project } from './project.ts'
import { useProject } from './project.ts'
import { createKeyPair } from './ssh-key.ts'
import { Wizard } from './wizard.tsx'

/** The wizard that a declaration describes. */
export function DeclaredWizard({ item, declare }: { item: string; declare: Declare }) {
  const { resourceManager, settings, setDirty, deploy, createGroup } = useHost()
  const [declaration] = useState(() => declare(settings.traits))
  const project = useProject()
  const [entries, setEntries] = useState(noEntries)
  const [asking, setAsking] = useState<{ accept(): Promise<void>; cancel(): void }>()
  const loaded = useLoadedOptions(declaration, project, entries)
  const form: Form = { declaration, project, entries, loaded }
  const answers = answersOf(form)
  const change = (part: Partial<Entries>) => {
    setDirty(true)
    setEntries(latest => ({ ...latest, ...part }))
  }

  const validate = async () => {
    if (declaration.outcome.type === 'group') {
      const name = answers.value('name')
      const id = `/subscriptions/${answers.subscription}/resourceGroups/${name}`
      const taken = await resourceManager.find<ResourceGroup>(id)
      return taken ? `A resource group with the name '${name}' already exists.` : undefined
    }
    const conflict = await declaration.conflict?.(answers, resourceManager)
    // A group that isn't there yet has nobody to ask.
    if (conflict !== undefined || answers.group === project.newGroup) return conflict
    const { subscription, group } = answers
    const deployment = `/subscriptions/${subscription}/resourceGroups/${group}/providers/Microsoft.Resources/deployments/${declaration.outcome.name}`
    const properties = { mode: 'Incremental', template: templateOf(declaration.outcome, form), parameters: {} }
    await resourceManager.post(`${deployment}/validate`, { properties })
    return undefined
  }
  const order = async (form: Form) => {
    const { subscription, location, group, tags } = answersOf(form)
    const { outcome } = declaration
    if (outcome.type === 'group') return createGroup({ subscription, name: answers.value('name'), location, tags })
    const isNew = group === project.newGroup
    return deploy({
      subscription,
      group: { name: group, isNew, location },
      deployment: `${outcome.name}-${timestamp(new Date())}`,
      template: templateOf(outcome, form),
    })
  }

  const keyName = declaration.keyPair?.(answers)
  const create = async () => {
    if (keyName === undefined) return order(form)
    return new Promise<void>((resolve, reject) => {
      const cancel = () => reject(new Error('The key pair was not made, and nothing was created.'))
      setAsking({ accept: () => orderWithKey(keyName).then(resolve, reject), cancel })
    })
  }
  const orderWithKey = async (name: string) => {
    const { privateKey, publicKey } = await createKeyPair(name)
    download(`${name}.pem`, privateKey)
    await order({ ...form, entries: { ...entries, values: { ...entries.values, publicKey } } })
  }

  return (
    <>
      <Wizard
        pages={declaration.tabs.map(tab => ({
          id: tab.id,
          title: tab.title,
          render: state =>
            shownFields(tab.fields, answers).map((field, index) => (
              <DeclaredField key={'id' in field ? field.id : index} {...{ field, form, answers, state, change }} />
            )),
          review: reviewOf(tab.fields, form),
        }))}
        generation={generationOf(settings.traits, item)}
        problems={findProblems(form)}
        loading={loadingFields(declaration).some(({ id }) => loaded[id] === undefined)}
        validate={validate}
        create={create}
      />
      {asking && (
        <KeyPairDialog
          onAccept={() => {
            setAsking(undefined)
            void asking.accept()
          }}
          onCancel={() => {
            setAsking(undefined)
            asking.cancel()
          }}
        />
      )}
    </>
  )
}

/** The browser keeps it as a file. */
function download(name: string, text: string) {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/x-pem-file' }))
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}

function templateOf(outcome: Extract<Outcome, { type: 'deployment' }>, form: Form) {
  return {
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
    contentVersion: '1.0.0.0',
    resources: outcome.resources(answersOf(form)),
  }
}

/** 20260112153045 */
function timestamp(now: Date) {
  const local = new Date(now.getTime() - now.getTimezoneOffset() * 60_000)
  return local.toISOString().replace(/\D/g, '').slice(0, 14)
}

/** Those that offer what Resource Manager has. */
function loadingFields({ tabs }: WizardDeclaration) {
  return tabs.flatMap(({ fields }) =>
    fields.flatMap(field => (field.kind === 'pick' && field.load ? [{ id: field.id, load: field.load }] : [])),
  )
}

/** What drop-downs offer that depends on the subscription and the region; it is read anew when these change. */
function useLoadedOptions(declaration: WizardDeclaration, project: Project, entries: Entries): LoadedOptions {
  const { resourceManager, delays } = useHost()
  const [loaded, setLoaded] = useState<LoadedOptions>({})
  const { selected: subscription } = project.subscriptions
  const { selected: location } = project.locations
  const zone = entries.zone?.name
  useEffect(() => {
    setLoaded({})
    if (!subscription || !location) return
    const stop = new AbortController()
    const scope: Scope = { resourceManager, subscription, location, zone }
    for (const { id, load } of loadingFields(declaration)) {
      const read = async () => {
        await delays.wait('form', stop.signal)
        const options = await load(scope)
        stop.signal.throwIfAborted()
        setLoaded(latest => ({ ...latest, [id]: options }))
      }
      read().catch(() => undefined)
    }
    return () => stop.abort()
  }, [declaration, resourceManager, delays, subscription, location, zone])
  return loaded
}
