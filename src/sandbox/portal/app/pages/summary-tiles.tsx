/** Figures in boxes. */
export function SummaryTiles({ tiles }: { tiles: { title: string; figures: Record<string, number> }[] }) {
  return (
    <div className="ext-tiles">
      {tiles.map(({ title, figures }) => (
        <section key={title} aria-label={title} className="ext-tile">
          <h3>{title}</h3>
          <dl>
            {Object.entries(figures).map(([label, figure]) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd>{figure}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  )
}
