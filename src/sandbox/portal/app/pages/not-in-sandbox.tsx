/** Stands where the sandbox has nothing, and says so. */
export function NotInSandbox({ what }: { what: string }) {
  return (
    <div className="ext-page">
      <p>{what} is not part of the sandbox.</p>
    </div>
  )
}
