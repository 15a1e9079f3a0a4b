/** How Teams draws cards, as far as the renderer can be told: letters, sizes, colours and spacing. */
function config(colours: {
  readonly text: string;
  readonly soft: string;
  readonly card: string;
  readonly box: string;
  readonly accent: string;
  readonly line: string;
}) {
  const colour = (hex: string) => ({ default: hex, subtle: colours.soft });
  const foregroundColors = {
    default: colour(colours.text),
    dark: colour(colours.text),
    light: colour(colours.soft),
    accent: colour(colours.accent),
    good: colour("#13a10e"),
    warning: colour("#bc4b09"),
    attention: colour("#c50f1f"),
  };
  const style = (backgroundColor: string) => ({ backgroundColor, foregroundColors });
  const fontSizes = { small: 12, default: 14, medium: 14, large: 18, extraLarge: 24 };
  const fontWeights = { lighter: 200, default: 400, bolder: 600 };
  return {
    fontTypes: {
      default: { fontFamily: "Segoe UI, system-ui, sans-serif", fontSizes, fontWeights },
      monospace: { fontFamily: "Consolas, ui-monospace, monospace", fontSizes, fontWeights },
    },
    spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 16 },
    separator: { lineThickness: 1, lineColor: colours.line },
    supportsInteractivity: true,
    containerStyles: { default: style(colours.card), emphasis: style(colours.box) },
    inputs: {
      label: { inputSpacing: "small", requiredInputs: { suffix: " *" }, optionalInputs: {} },
      errorMessage: {},
    },
    actions: {
      maxActions: 6,
      buttonSpacing: 8,
      actionsOrientation: "horizontal",
      actionAlignment: "left",
      spacing: "default",
    },
    textBlock: { headingLevel: 2 },
    textStyles: { heading: { size: "large", weight: "bolder" } },
  };
}

/** Teams' two themes, for the renderer. */
export const hostConfig = {
  light: config({
    text: "#242424",
    soft: "#616161",
    card: "#ffffff",
    box: "#f0f0f0",
    accent: "#5b5fc7",
    line: "#d1d1d1",
  }),
  dark: config({
    text: "#ffffff",
    soft: "#adadad",
    card: "#292929",
    box: "#383838",
    accent: "#7f85f5",
    line: "#525252",
  }),
} as const;
