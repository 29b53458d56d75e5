const colours = ['#0f6cbd', '#0e7a0d', '#8764b8', '#c239b3', '#ca5010', '#038387', '#4f6bed', '#986f0b']

/** A coloured tile in place of a product's own icon, the same for the same title. */
export function EntryIcon({ title, large = false }: { title: string; large?: boolean }) {
  const sum = [...title].reduce((total, letter) => total + letter.charCodeAt(0), 0)
  return (
    <span
      className={large ? 'fxs-entry-icon fxs-entry-icon-large' : 'fxs-entry-icon'}
      style={{ background: colours[sum % colours.length] }}
      aria-hidden="true"
    >
      <svg viewBox="0 0 16 16" width="60%" height="60%">
        <path d={shapes[sum % shapes.length]} fill="#fff" />
      </svg>
    </span>
  )
}

const shapes = [
  'M2 2h5v5H2zm7 0h5v5H9zM2 9h5v5H2zm7 0h5v5H9z',
  'M8 1l6 3.5v7L8 15l-6-3.5v-7z',
  'M2 4h12v2H2zm0 3h12v2H2zm0 3h12v2H2z',
]
