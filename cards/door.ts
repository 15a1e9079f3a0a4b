/**
 * A private view was about to be drawn where the platform keeps what it shows (decision 3). A drawer
 * throws this rather than let a person's own words into a message; it carries nothing of the view.
 */
export class PrivateOnDoor extends Error {
  readonly code = "privateOnDoor";
  constructor() {
    super("privateOnDoor");
    this.name = "PrivateOnDoor";
  }
}
