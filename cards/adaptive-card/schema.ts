import type { DeskPress } from "../../cases/desk.ts";
import type { RoutePress } from "../../cases/route-press.ts";
import type { Press } from "../../dialogs/core/event.ts";
import type { SessionPress } from "../../dialogs/session.ts";

/** The part of Adaptive Card 1.5 that this project draws: nothing newer than 1.4 in the body. */
export interface AdaptiveCard {
  readonly type: "AdaptiveCard";
  readonly $schema: "http://adaptivecards.io/schemas/adaptive-card.json";
  readonly version: "1.5";
  readonly body: readonly CardElement[];
  readonly actions?: readonly (ExecuteAction | OpenUrlButton)[];
}

export type CardElement =
  | TextBlock
  | RichTextBlock
  | Container
  | Image
  | ChoiceSetInput
  | TextInput
  | DateInput;

export type Spacing = "none" | "small" | "default" | "medium" | "large";

interface Placed {
  readonly spacing?: Spacing;
  readonly separator?: true;
}

interface Lettering {
  readonly size?: "small" | "default" | "medium" | "large";
  readonly weight?: "default" | "bolder";
  readonly isSubtle?: true;
  readonly fontType?: "monospace";
}

export interface TextBlock extends Placed, Lettering {
  readonly type: "TextBlock";
  readonly text: string;
  readonly wrap: true;
  readonly style?: "heading";
}

/** Text in a run is never read as markdown. */
export interface RichTextBlock extends Placed {
  readonly type: "RichTextBlock";
  readonly inlines: readonly TextRun[];
}

export interface TextRun extends Lettering {
  readonly type: "TextRun";
  readonly text: string;
  readonly underline?: true;
  readonly selectAction?: OpenUrlAction;
}

export interface OpenUrlAction {
  readonly type: "Action.OpenUrl";
  readonly url: string;
}

/** A button that opens an address: the client does, and the bot hears nothing of it. */
export interface OpenUrlButton extends OpenUrlAction {
  readonly title: string;
}

/** Only ever with the picture itself in `url`: a remote one would tell its server who looks. */
export interface Image extends Placed {
  readonly type: "Image";
  readonly url: `data:image/${string}`;
  readonly altText: string;
  readonly size: "medium";
  readonly style: "person";
}

export interface Container extends Placed {
  readonly type: "Container";
  readonly style?: "emphasis";
  readonly items: readonly CardElement[];
}

export interface ChoiceSetInput extends Placed {
  readonly type: "Input.ChoiceSet";
  readonly id: string;
  readonly label: string;
  readonly style: "expanded" | "compact";
  readonly isMultiSelect: boolean;
  readonly wrap: true;
  readonly choices: readonly { readonly title: string; readonly value: string }[];
  readonly value?: string;
}

export interface TextInput extends Placed {
  readonly type: "Input.Text";
  readonly id: string;
  readonly label: string;
  readonly isMultiline: boolean;
  readonly maxLength: number;
  readonly value?: string;
}

/** A day, as the client's own calendar offers it; comes back as an ISO date. */
export interface DateInput extends Placed {
  readonly type: "Input.Date";
  readonly id: string;
  readonly label: string;
  readonly value?: string;
}

export interface ExecuteAction {
  readonly type: "Action.Execute";
  readonly title: string;
  readonly verb: "press";
  readonly data: Press | DeskPress | RoutePress | SessionPress;
  readonly style?: "positive" | "destructive";
}
