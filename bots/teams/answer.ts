import { errorCode } from "../log.ts";
import { DeliveryError } from "../ports.ts";

/** What to answer the platform, and what may happen once it has its answer. */
export interface Answer {
  readonly status: number;
  readonly body?: object;
  readonly afterwards?: () => Promise<unknown>;
}

/** The platform has nothing to show for it. */
export const done: Answer = { status: 200 };

/** The card a press is answered with; null leaves the card that was pressed. */
export function shownCard(card: object | null): Answer {
  const body =
    card === null
      ? { statusCode: 200, type: "application/vnd.microsoft.activity.message", value: "" }
      : { statusCode: 200, type: "application/vnd.microsoft.card.adaptive", value: card };
  return { status: 200, body };
}

/** A press that no card of ours can send. */
export const badPress: Answer = {
  status: 400,
  body: {
    statusCode: 400,
    type: "application/vnd.microsoft.error",
    value: { code: "BadRequest", message: "badRequest" },
  },
};

/** What a log may hold of an error. */
export function reason(error: unknown): object {
  return error instanceof DeliveryError ? { problem: error.problem } : { error: errorCode(error) };
}
