import { useState } from 'react'
import { useKit } from './kit-context.ts'

interface CreateNewProps {
  /** The link's accessible name. */
  opener: string
  text: string
  about: string
  /** What is wrong with a name, or undefined. */
  check(name: string): string | undefined
  onName(name: string): void
}

/** A link, and the callout that it opens, in which the name of something new is noted: nothing is made yet (portal-facts.md §5.1). */
export function CreateNew({ opener, text, about, check, onName }: CreateNewProps) {
  const { LinkButton } = useKit()
  const [link, setLink] = useState<HTMLElement>()
  const close = () => {
    link?.focus()
    setLink(undefined)
  }
  return (
    <div className="ext-create-new">
      <LinkButton name={opener} text={text} onPress={setLink} />
      {link && (
        <NewName
          about={about}
          check={check}
          onClose={close}
          onName={name => {
            onName(name)
            close()
          }}
        />
      )}
    </div>
  )
}

type NewNameProps = Pick<CreateNewProps, 'about' | 'check' | 'onName'> & { onClose(): void }

function NewName({ about, check, onName, onClose }: NewNameProps) {
  const { Callout, CalloutButtons, TextField } = useKit()
  const [name, setName] = useState('')
  const [touched, setTouched] = useState(false)
  const problem = check(name)
  const accept = () => (problem === undefined ? onName(name) : setTouched(true))
  return (
    <Callout onCancel={onClose}>
      <p>{about}</p>
      <TextField
        label="Name"
        required
        autoFocus
        value={name}
        error={touched ? problem : undefined}
        onChange={value => {
          setTouched(true)
          setName(value)
        }}
        onEnter={accept}
      />
      <CalloutButtons valid={problem === undefined} onOk={accept} onCancel={onClose} />
    </Callout>
  )
}
