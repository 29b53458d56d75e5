/** What a control is called beside its label; no part of the label. */
export const controlNouns = new Set(
  'button buttons tab link icon option options tile blade pane page checkbox check-box toggle item menu command card entry radio'.split(
    ' ',
  ),
)

/** What a place is called. Those that hold a form keep their reader; from the others a selection leads away. */
export const placeNouns = new Set(
  (
    'page pages tabs blades panes blade pane panel tab section menu window dialog screen form toolbar bar ribbon wizard results list area view dashboard ' +
    'settings drop-down dropdown box field textbox text-box combobox selector picker portal home column header sidebar navigation group editor tile card hub row grid popup pop-up heading'
  ).split(' '),
)

/** Where a choice is made: the place is the field. */
export const fieldNouns = new Set(
  'list drop-down dropdown box field textbox text-box combobox combo menu selector picker column property setting settings option'.split(
    ' ',
  ),
)

export const fieldPlaces = new Set(
  'list drop-down dropdown box field textbox text-box combobox selector picker setting'.split(' '),
)
export const sectionPlaces = new Set('section menu group heading area results bar toolbar category'.split(' '))

/** First words of labels that are commands rather than values. */
const commands = new Set(
  (
    'create add new edit change manage configure browse delete remove save ok apply next previous review select deploy assign attach ' +
    'upload done cancel close publish run refresh register start stop view update download go continue finish connect enter'
  ).split(' '),
)

/** Whether a label is a command that stands beside a field: *Create new*, not *West US*. */
export function isCommand(label: string): boolean {
  const words = label
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter(Boolean)
  return commands.has(words[0] ?? '') && !/\(/.test(label)
}

/** The same in a table's cell, where a value may well be called *delete* or *Start*. */
export function isCellCommand(label: string): boolean {
  return (
    /^(?:Create|Add|New\b(?! York)|Edit|Change|Manage|Configure|Browse|Save|OK|Ok|Apply|Next|Select$|Deploy|Upload|Done|Review)\b/.test(
      label,
    ) && !/\(/.test(label)
  )
}

const fieldWords =
  /\b(?:type|name|region|location|subscription|group|mode|tier|plan|size|version|access|policy|protocol|method|level|frequency|source|destination|action|priority|format|role|scope|account|network|subnet|address|range|zone|image|option|options|setting|port|service|resource|category|severity|configuration|language)s?$/i

/** Whether a label reads like the name of an input. */
export function isFieldLabel(label: string): boolean {
  return fieldWords.test(label)
}

/** Whether a label reads like a value. */
export function isValueLabel(label: string): boolean {
  return /^(?:yes|no|none|on|off|enabled?|disabled?|all|any|allow|deny|true|false|standard|premium|basic|default|custom|\(.*|\d.*)\b/i.test(
    label,
  )
}
