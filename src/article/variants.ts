import type { Heading } from 'mdast'
import type { Message, Place, Variant } from './article.ts'
import { plainText } from './inline.ts'
import { placeBetween, startOf, type SourceFile } from './source-file.ts'

interface Zone {
  file: SourceFile
  start: number
  variants: Variant[]
  place: Place
}

interface Tabs {
  file: SourceFile
  depth: number
  variants: Variant[]
}

/** Which tabs, pivots and monikers are open while an article is read from top to bottom. */
export class VariantTrack {
  private zones: Zone[] = []
  private tabs: Tabs | undefined
  private readonly read = new Map<SourceFile, number>()
  private readonly labels = new Map<string, string>()

  /** The variants at a place. Zones are lines between blocks, so they are caught up with here. */
  at(file: SourceFile, offset: number, messages: { message: (...parts: MessageParts) => void }): Variant[] {
    let index = this.read.get(file) ?? 0
    for (; index < file.directives.length; index++) {
      const directive = file.directives[index]
      if (!directive || directive.start >= offset) break
      const place = placeBetween(file, directive.start, directive.end)
      if (directive.kind === 'zone' || directive.kind === 'moniker') {
        this.zones.push({ file, start: directive.start, variants: zoneVariants(directive.attributes), place })
      } else if (directive.kind === 'zoneEnd' || directive.kind === 'monikerEnd') {
        if (!this.zones.pop())
          messages.message('zone-end', 'warning', 'Unexpected end of a zone, expected its beginning first', place)
      }
    }
    this.read.set(file, index)
    return [...this.zones.flatMap(zone => zone.variants), ...(this.tabs?.variants ?? [])]
  }

  // > | # [Portal](#tab/portal)
  //     ^
  // > | # [Bash](#tab/linux/bash)
  //     ^ only for who chose Linux before
  openTab(file: SourceFile, heading: Heading): boolean {
    const [link, ...others] = heading.children
    if (link?.type !== 'link' || !link.url.toLowerCase().startsWith('#tab/')) return false
    if (others.some(node => node.type !== 'text' || node.value.trim() !== '')) return false
    const [id = '', dependsOn] = link.url.slice('#tab/'.length).split('/')
    const label = plainText(link.children)
    this.labels.set(id, label)
    const variants: Variant[] = id
      .split('+')
      .slice(0, 1)
      .map(one => ({ kind: 'tab', id: one, label }))
    if (dependsOn) variants.push({ kind: 'tab', id: dependsOn, label: this.labels.get(dependsOn) ?? dependsOn })
    this.tabs = { file, depth: heading.depth, variants }
    return true
  }

  closeTabs(file: SourceFile, offset: number): boolean {
    if (!this.tabs || this.tabs.file !== file || offset < startOf(file.tree)) return false
    this.tabs = undefined
    return true
  }

  unclosed(): Place[] {
    return this.zones.map(({ place }) => place)
  }
}

type MessageParts = [rule: string, severity: Message['severity'], message: string, place: Place]

// > | ::: zone pivot="cli,powershell"    ::: zone target="docs"    ::: moniker range=">=azs-2019"
function zoneVariants({ pivot, range }: Record<string, string>): Variant[] {
  if (pivot) return [{ kind: 'pivot', id: pivot.replace(/\s/g, ''), label: pivot }]
  if (range) return [{ kind: 'moniker', id: range.trim(), label: range.trim() }]
  return []
}
