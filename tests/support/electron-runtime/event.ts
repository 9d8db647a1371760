/** An event whose default can be prevented, as Electron hands them out. */
export class StandInEvent {
  defaultPrevented = false

  constructor(facts: object = {}) {
    Object.assign(this, facts)
  }

  preventDefault(): void {
    this.defaultPrevented = true
  }
}
