/** A text that was asked for and is not there, or does not fit. Its message names the key, never a value. */
export class MissingText extends Error {
  readonly code:
    | "missingText"
    | "missingParameter"
    | "unknownParameter"
    | "missingHelp"
    | "missingDuty"
    | "missingCheckSource";
  readonly key: string;

  constructor(code: MissingText["code"], key: string) {
    super(`${code}: ${key}`);
    this.name = "MissingText";
    this.code = code;
    this.key = key;
  }
}
