import type { Remark } from '../../result/result.ts'
import { nearest } from '../near-miss.ts'
import { matchLabel, type LabelMatch } from './label-match.ts'
import { descendants, labelOf, lineage, textOf, type Screen, type ScreenNode } from './screen.ts'

/** What the article wants found. */
export interface Wanted {
  label: string
  /** The places that the step names, outermost first. */
  where: readonly string[]
  /** The kind word that the article puts behind the label, if any: tab, button, link, ... */
  kind?: string | undefined
}

/** Candidates of equal worth, best ones only, with how they matched. One is a find; none or several are not. */
export interface Finding {
  best: Candidate[]
  /** Those of the same label in dialogs elsewhere: what is meant if nothing of the best can be reached. */
  others?: Candidate[]
  /** Labels on screen that come nearest, when nothing matches. */
  near: string[]
}

export interface Candidate {
  node: ScreenNode
  match: LabelMatch
}

const clickRoles = new Set([
  'button',
  'link',
  'tab',
  'menuitem',
  'menuitemradio',
  'menuitemcheckbox',
  'option',
  'treeitem',
  'radio',
  'checkbox',
  'switch',
])

/** Among equals the earlier role: a footer's button before the tab of the same name (`portal-facts.md` §5). */
const roleOrder = [
  'button',
  'menuitem',
  'link',
  'option',
  'treeitem',
  'radio',
  'tab',
  'menuitemradio',
  'menuitemcheckbox',
  'checkbox',
  'switch',
]

const kindRoles: Record<string, readonly string[]> = {
  tab: ['tab'],
  button: ['button', 'menuitem', 'link'],
  link: ['link', 'button'],
  checkbox: ['checkbox'],
  'check box': ['checkbox'],
  option: ['option', 'radio', 'treeitem', 'menuitem', 'menuitemradio'],
  tile: ['button', 'link', 'option', 'radio'],
}

/**
 * Finds what to click. Candidates are ranked by how exactly the label matches, by the kind word, by nearness to the
 * places that the step names, by enabled before disabled and by role; what is still equal then is a tie.
 */
export function findControl({ nodes }: Screen, wanted: Wanted): Finding {
  const roles = wanted.kind ? kindRoles[wanted.kind] : undefined
  const candidates = nodes.flatMap(node => (isControl(node) ? matchControl(node, wanted.label) : []))
  const places = placesOn(nodes, wanted.where)
  const same = rank(candidates, [
    ({ match }) => (match.rank === 1 ? 0 : match.rank),
    ({ node }) => (roles && !roles.includes(node.role) ? 1 : 0),
  ])
  const ranked = rank(same, [
    ({ node }) => -nearness(node, places),
    ({ node }) => Number(isOfShell(node)),
    ({ node }) => -dialogsAround(node),
    ({ node }) => Number(node.disabled),
    ({ match }) => match.rank,
    ({ node }) => (roles ? roles.indexOf(node.role) : indexIn(roleOrder, node.role)),
  ])
  return {
    best: onePerTarget(ranked),
    others: same.filter(candidate => dialogsAround(candidate.node) > 0 && !ranked.includes(candidate)),
    near: candidates.length > 0 ? [] : nearest(wanted.label, nodes.filter(isControl).map(labelOf)),
  }
}

const valueRoles = new Set([
  'textbox',
  'searchbox',
  'combobox',
  'spinbutton',
  'listbox',
  'radiogroup',
  'slider',
  'checkbox',
  'switch',
])

/**
 * Finds the field of a label: the control of that name, else the one whose name ends with it, else the one that stands
 * next to a text of that name. Info buttons, which bear the label too, take no value (`portal-facts.md` §5).
 */
export function findField({ nodes }: Screen, wanted: Wanted): Finding {
  const fields = nodes.filter(takesValue)
  const named = fields.flatMap(node => matchField(node, wanted.label))
  const beside = named.length > 0 ? [] : nodes.flatMap(node => besideLabel(node, wanted.label))
  const places = placesOn(nodes, wanted.where)
  const ranked = rank(
    [...named, ...beside],
    [
      ({ match }) => match.rank,
      ({ node }) => -nearness(node, places),
      ({ node }) =>
        indexIn(
          ['textbox', 'combobox', 'spinbutton', 'searchbox', 'radiogroup', 'listbox', 'checkbox', 'switch'],
          node.role,
        ),
    ],
  )
  // The label and its info button both lead to the same field.
  const best = ranked.filter(({ node }, at) => ranked.findIndex(each => each.node === node) === at)
  return { best, near: best.length > 0 ? [] : nearest(wanted.label, fieldLabels(nodes)) }
}

/** The fields for typing nearest to a place, for a value whose field the article doesn't name. */
export function findFieldIn({ nodes }: Screen, where: readonly string[]): Finding {
  const places = placesOn(nodes, where)
  const fields = nodes.filter(
    node =>
      (node.role === 'textbox' || node.role === 'spinbutton' || node.role === 'combobox') && !isGlobalSearch(node),
  )
  const ranked = rank(
    fields.map(node => ({ node, match: { rank: 0 } })),
    [
      ({ node }) => -nearness(node, places),
      ({ node }) => Number(node.disabled),
      ({ node }) => Number(node.role === 'combobox'),
      ({ node }) => Number(node.text !== ''),
    ],
  )
  return { best: ranked, near: [] }
}

/** The search box of the portal's header (`portal-facts.md` §1). */
export function isGlobalSearch(node: ScreenNode): boolean {
  return (
    (node.role === 'combobox' || node.role === 'searchbox' || node.role === 'textbox') &&
    /^search resources, services/i.test(node.name || (node.placeholder ?? ''))
  )
}

/** A remark for a label that is there, but not as the article writes it. */
export function remarkOn(label: string, { node, match }: Candidate): Remark[] {
  if (!match.drift) return []
  const shown = labelOf(node)
  return [
    {
      drift: match.drift,
      rule: 'label-differs',
      message: `The article says “${label}”; on screen it is “${shown}” (${match.how ?? 'other words'}).`,
      found: shown,
    },
  ]
}

/** The options that are open for choosing, wherever their list hangs. */
export function openOptions({ nodes }: Screen): ScreenNode[] {
  const roles = new Set(['option', 'treeitem', 'menuitem', 'menuitemradio', 'radio'])
  const lists = new Set(['listbox', 'tree', 'menu', 'grid', 'treegrid'])
  return nodes.filter(node => roles.has(node.role) && [...lineage(node)].some(each => lists.has(each.role)))
}

/** The portal's header and the trail of pages: there on every page, and hardly ever what a step is about (`portal-facts.md` §1). */
function isOfShell(node: ScreenNode): boolean {
  return [...lineage(node)].some(
    ({ role, name }) => role === 'banner' || (role === 'navigation' && /breadcrumb|history/i.test(name)),
  )
}

/** How many dialogs an element is in; a survey or a tip that nobody asked for is none (`portal-facts.md` §18). */
export function dialogsAround(node: ScreenNode): number {
  return [...lineage(node)].filter(
    each => /^(?:alert)?dialog$/.test(each.role) && !unasked.test(`${each.name} ${textOf(each).slice(0, 200)}`),
  ).length
}

/** What prompts are about that come by themselves. */
export const unasked =
  /survey|feedback|rate your|\btips?\b|tour|what's new|what’s new|introducing|copilot|try (?:the )?new|did you know|notification|recommend/i

/** Texts in which the page says that something is wrong, in reading order. */
export function complaints({ nodes }: Screen): string[] {
  const said = nodes
    .filter(node => node.children.length === 0)
    .map(labelOf)
    .filter(words => words.length < 300 && complaining.test(words))
  return [...new Set(said)]
}

const complaining =
  /\b(?:failed|failure|not valid|invalid|must not be empty|is required|not available|not allowed|already (?:exists|taken|in use)|can't|cannot|could not|denied|error)\b/i

function isControl(node: ScreenNode): boolean {
  if (clickRoles.has(node.role)) return true
  return (
    node.clickable &&
    node.ref !== undefined &&
    textOf(node).length < 80 &&
    ![...descendants(node)].some(each => clickRoles.has(each.role))
  )
}

function takesValue(node: ScreenNode): boolean {
  if (valueRoles.has(node.role)) return !isGlobalSearch(node)
  return node.role === 'button' && node.expanded !== undefined
}

function matchControl(node: ScreenNode, label: string): Candidate[] {
  // What a reader reads may be another text than the accessible name: "Create new" on "Resource group: Create new".
  const direct = matchLabel(label, textOf(node)) ?? matchLabel(label, node.name)
  if (direct) return [{ node, match: clickRoles.has(node.role) ? direct : { ...direct, rank: direct.rank + 10 } }]
  // A search result or a row bears more than its title: "myVault Recovery Services vault".
  const inner = [...descendants(node)].flatMap(each =>
    each.children.length === 0 ? (matchLabel(label, each.name || each.text) ?? []) : [],
  )
  const best = inner.sort((a, b) => a.rank - b.rank)[0]
  return best ? [{ node, match: { ...best, rank: best.rank + 4 } }] : []
}

function matchField(node: ScreenNode, label: string): Candidate[] {
  const direct = matchLabel(label, node.name)
  if (direct) return [{ node, match: direct }]
  // "Create new or use existing Resource group" (portal-facts.md §5); a name may also be the label twice.
  const words = node.name.toLowerCase()
  const wanted = label.toLowerCase().trim()
  const doubled = words === `${wanted} ${wanted}`
  // What libraries add for screen readers (portal-facts.md §18).
  const marked = /^(?:\(?(?:required|optional)\)?|info|information)$/.test(words.slice(wanted.length).trim())
  if (words.startsWith(wanted) && marked) return [{ node, match: { rank: 1 } }]
  if (doubled || (wanted.length > 3 && words.endsWith(` ${wanted}`))) return [{ node, match: { rank: 5 } }]
  return []
}

/** > | <div><span>Region</span><button>Region</button><div role="combobox">…</div></div>: the control after the label. */
function besideLabel(node: ScreenNode, label: string): Candidate[] {
  if (takesValue(node) || node.children.length > 1) return []
  const match = matchLabel(label, node.name || node.text)
  if (!match) return []
  for (const around of lineage(node)) {
    const fields = [...descendants(around)].filter(each => takesValue(each) && each.order > node.order)
    const [first] = fields
    if (first)
      return fields.length <= 3 && first.name === '' ? [{ node: first, match: { ...match, rank: match.rank + 6 } }] : []
  }
  return []
}

/** The nodes that bear a place's name, innermost place first. */
function placesOn(nodes: readonly ScreenNode[], where: readonly string[]): ScreenNode[][] {
  return where
    .filter(place => !isEverywhere(place))
    .map(barePlace)
    .map(place =>
      nodes.filter(
        node => matchLabel(place, node.name) ?? (node.children.length === 0 ? matchLabel(place, node.text) : undefined),
      ),
    )
    .filter(found => found.length > 0)
    .reverse()
}

/** How deep the smallest thing is that holds both the node and a place's name; innermost places weigh most. */
function nearness(node: ScreenNode, places: readonly ScreenNode[][]): number {
  const around = new Set(lineage(node))
  return places.reduce((sum, bearers, at) => {
    const deepest = Math.max(
      ...bearers.map(bearer =>
        bearer === node ? 0 : ([...lineage(bearer)].find(each => around.has(each))?.depth ?? 0),
      ),
    )
    return sum + deepest / 10 ** (at * 3)
  }, 0)
}

function rank(candidates: readonly Candidate[], keys: ((candidate: Candidate) => number)[]): Candidate[] {
  let best = [...candidates]
  for (const key of keys) {
    const least = Math.min(...best.map(key))
    best = best.filter(candidate => key(candidate) === least)
  }
  return best
}

/** Two links to the same address are one thing for a reader ("Resource groups" twice on Home, `portal-facts.md` §1). */
function onePerTarget(candidates: Candidate[]): Candidate[] {
  const [first] = candidates
  const url = first?.node.url
  return url !== undefined && candidates.every(each => each.node.url === url) ? candidates.slice(0, 1) : candidates
}

function indexIn(order: readonly string[], role: string): number {
  const at = order.indexOf(role)
  return at < 0 ? order.length : at
}

/** > | In the row for **myVM**, select **Delete**. */
export function barePlace(place: string): string {
  return place.replace(/^(?:the )?(?:table )?row (?:for|of|with|named|that (?:contains|has))\s+(?:the )?/i, '')
}

/** Places that name no part of a page. */
export function isEverywhere(place: string): boolean {
  return /^(?:search results|results|azure portal|portal|service menu|left menu|left pane|menu|command bar|top menu|toolbar|list|home page)$/i.test(
    place.trim(),
  )
}

export function isTitle({ role, name }: ScreenNode): boolean {
  return name !== '' && /^(?:heading|tab|region|dialog|tabpanel|group)$/.test(role)
}

function fieldLabels(nodes: readonly ScreenNode[]): string[] {
  return nodes.filter(node => takesValue(node) && node.name !== '').map(node => node.name)
}

/** What stands in the row of a list or table that bears a label. */
export function inRowOf({ nodes }: Screen, label: string, roles: RegExp, names = /(?:)/): Finding {
  const rows = nodes.filter(
    node =>
      /^(?:row|listitem|option|treeitem)$/.test(node.role) &&
      [...descendants(node)].some(each => each.children.length === 0 && matchLabel(label, each.name || each.text)),
  )
  // A row of a table that is laid out by another table holds it: the innermost is meant.
  const innermost = rows.filter(row => !rows.some(each => each !== row && [...lineage(each)].includes(row)))
  const found = innermost.flatMap(row =>
    [...descendants(row)].filter(each => roles.test(each.role) && names.test(each.name)).slice(0, 1),
  )
  return { best: found.map(node => ({ node, match: { rank: 0 } })), near: [] }
}
