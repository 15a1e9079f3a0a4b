import { employee } from "./playground.ts";

/** What the demo prints once everything answers: short, and enough to go on. */
export function welcome(options: {
  readonly client: string | null;
  readonly bot: string;
  readonly data: string;
  readonly slack: boolean;
}): string {
  const lines = options.client === null ? alone(options.bot) : withClient(options.client);
  const slack = options.slack ? ["  Slack           is connected too"] : [];
  return [
    "",
    "  Vertrouwd, the demo. Ctrl-C stops it.",
    "",
    ...lines,
    ...slack,
    "",
    `  All of it stays on this computer, in ${options.data}. Still: do not type a real story here.`,
    "",
  ].join("\n");
}

function withClient(client: string): readonly string[] {
  return [
    `  Open            ${client}`,
    `  You are         ${employee.name}, an employee, in "Personal Chat"`,
    '  The advisers    sit in the team "Vertrouwenspersonen", channel "General";',
    '                  reports about an adviser go to "Extern"',
    "",
    '  Try             1. say "hallo" (or "hello") in Personal Chat, and make a report',
    "                  2. in General a sealed card comes in: open it, acknowledge it, reply",
    "                  3. back in Personal Chat an answer is waiting",
    "",
    "  The page forgets its messages when it is reloaded; Vertrouwd does not forget the reports.",
  ];
}

function alone(bot: string): readonly string[] {
  return [
    `  The bot         ${bot}/api/messages, without a client`,
    "  A client        may run on port 56150 of this computer; its routes are in organisation.yaml",
  ];
}
