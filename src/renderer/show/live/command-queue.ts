/**
 * Runs commands one after the other, in the order in which they were given. None is lost, also when one fails; what
 * failed is told to `report`.
 */
export function createCommandQueue(report: (error: unknown) => void): (command: () => Promise<unknown>) => void {
  const queue = { last: Promise.resolve() as Promise<unknown> }
  return (command) => {
    queue.last = queue.last.then(command).catch(report)
  }
}
