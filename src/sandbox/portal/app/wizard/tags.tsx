import { Button } from '@fluentui/react-components'
import { DeleteRegular } from '@fluentui/react-icons'
import { useKit } from './kit-context.ts'

export interface Tag {
  name: string
  value: string
}

/** Name and value in the last, empty row; moving on from a filled row adds another (portal-facts.md §5.1). */
export function TagsGrid({ tags, onChange }: { tags: Tag[]; onChange(tags: Tag[]): void }) {
  const { TagBox } = useKit()
  const rows = tags.length > 0 ? tags : [emptyTag]
  const change = (index: number, part: Partial<Tag>) =>
    onChange(rows.map((tag, at) => (at === index ? { ...tag, ...part } : tag)))
  const moveOn = () => {
    const last = rows.at(-1)
    if (last && last.name !== '' && last.value !== '') onChange([...rows, emptyTag])
  }
  const problem = checkTags(rows)
  return (
    <>
      <p>Tags are name and value pairs that let you categorize resources.</p>
      <table role="grid" aria-label="Tags" className="ext-tags">
        <thead>
          <tr>
            <th role="columnheader">Name</th>
            <th role="columnheader">Value</th>
            <th role="columnheader" aria-label="Actions" />
          </tr>
        </thead>
        <tbody>
          {rows.map((tag, index) => (
            <tr key={index}>
              <td role="gridcell">
                <TagBox name="Name" value={tag.name} onChange={name => change(index, { name })} onLeave={moveOn} />
              </td>
              <td role="gridcell">
                <TagBox name="Value" value={tag.value} onChange={value => change(index, { value })} onLeave={moveOn} />
              </td>
              <td role="gridcell">
                {index < rows.length - 1 && (
                  <Button
                    appearance="subtle"
                    icon={<DeleteRegular />}
                    aria-label={`Delete tag ${tag.name}`}
                    onClick={() => onChange(rows.filter((_, at) => at !== index))}
                  />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {problem && (
        <p role="alert" className="ext-field-error">
          {problem}
        </p>
      )}
    </>
  )
}

export const emptyTag: Tag = { name: '', value: '' }

/** What is wrong with the tags, or undefined (learn.microsoft.com, "Use tags to organize your Azure resources", limits). */
export function checkTags(tags: Tag[]): string | undefined {
  if (tags.some(({ name, value }) => name === '' && value !== '')) return 'The tag name must not be empty.'
  const names = tags.map(({ name }) => name.toLowerCase()).filter(name => name !== '')
  if (new Set(names).size < names.length) return 'The tag name is used more than once.'
  if (names.length > 50) return 'There can be up to 50 tags.'
  const illegal = names.find(name => /[<>%&\\?/]/.test(name))
  if (illegal) return `The tag name '${illegal}' contains a character that is not permitted: < > % & \\ ? /`
  const reserved = names.find(name => /^(?:microsoft|azure|windows)/.test(name))
  if (reserved) return `The tag name '${reserved}' begins with a reserved word: microsoft, azure or windows.`
  if (names.some(name => name.length > 512)) return 'A tag name can be up to 512 characters long.'
  return tags.some(({ value }) => value.length > 256) ? 'A tag value can be up to 256 characters long.' : undefined
}

export function toRecord(tags: Tag[]): Record<string, string> {
  return Object.fromEntries(tags.filter(({ name }) => name !== '').map(({ name, value }) => [name, value]))
}

export function describeTagList(tags: Tag[]): [string, string][] {
  const pairs = Object.entries(toRecord(tags))
  return pairs.length > 0 ? pairs : [['Tags', '(none)']]
}
