/** What screen readers are told, and the stray nameless sprites that stand at the end of the live portal's page (portal-facts.md §1). */
export function LiveRegion({ loading }: { loading: boolean }) {
  return (
    <div className="fxs-aria-live">
      <div aria-live="polite">{loading ? 'Content is loading.' : 'Content is ready.'}</div>
      {sprites.map(sprite => (
        <svg key={sprite} role="img" width="0" height="0" className="fxs-sprite" />
      ))}
    </div>
  )
}

const sprites = Array.from({ length: 58 }, (_, index) => index)
