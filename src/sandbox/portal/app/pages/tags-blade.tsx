import { Spinner } from '@fluentui/react-components'
import { useState } from 'react'
import { useHost } from '../host.ts'
import { nameOf } from '../resource-manager.ts'
import { FormKit } from '../wizard/form-kit.tsx'
import { useKit } from '../wizard/kit-context.ts'
import type { Tag } from '../wizard/tags.tsx'
import { checkTags, emptyTag, TagsGrid, toRecord } from '../wizard/tags.tsx'
import { useLoaded } from './loaded.ts'
import { NotFound } from './not-found.tsx'

/** Tags of a subscription, a group or a resource: a grid as in the wizards, and nothing changes before Apply (portal-facts.md §5.1). */
export function TagsBlade({ id }: { id: string }) {
  return (
    <FormKit>
      <Tags key={id} id={id} />
    </FormKit>
  )
}

function Tags({ id }: { id: string }) {
  const { resourceManager, delays, setDirty, carryOut } = useHost()
  const { Button } = useKit()
  const path = `${id}/providers/Microsoft.Resources/tags/default`
  const [kept, reload] = useLoaded(id, async signal => {
    await delays.wait('list', signal)
    const { properties } = await resourceManager.get<{ properties: { tags?: Record<string, string> } }>(path)
    return Object.entries(properties.tags ?? {}).map(([name, value]): Tag => ({ name, value }))
  })
  const [edited, setEdited] = useState<Tag[]>()
  if (kept.type === 'failed') return <NotFound id={id} message={kept.error.message} />
  if (kept.type === 'loading') return <Spinner className="ext-spinner ext-page" label="Loading..." />

  const tags = edited ?? [...kept.value, emptyTag]
  const change = (next: Tag[] | undefined) => {
    setDirty(next !== undefined)
    setEdited(next)
  }
  const apply = async () => {
    const body = { properties: { tags: toRecord(tags) } }
    const saved = await carryOut({
      change: { method: 'PUT', id: path, body },
      texts: {
        running: { title: 'Saving tags', description: `Saving the tags of '${nameOf(id)}'...` },
        done: { title: 'Tags saved', description: `Successfully saved the tags of '${nameOf(id)}'.` },
        failed: { title: 'Failed to save tags', description: `The tags of '${nameOf(id)}' were not saved.` },
      },
    })
    if (!saved) return
    reload()
    change(undefined)
  }
  return (
    <div className="ext-form">
      <div className="ext-form-body">
        <TagsGrid tags={tags} onChange={change} />
      </div>
      <div className="ext-footer">
        <Button
          text="Apply"
          primary
          disabled={edited === undefined || checkTags(tags) !== undefined}
          onPress={() => void apply()}
        />
        <Button text="Discard changes" disabled={edited === undefined} onPress={() => change(undefined)} />
      </div>
    </div>
  )
}
