const tokens = {
  ...{ ink: 'ink', soft: 'ink-soft', faint: 'ink-faint', paper: 'paper', surface: 'surface', sunken: 'sunken' },
  ...{ line: 'line', accent: 'accent', accentSoft: 'accent-soft', strong: 'accent-strong' },
  ...{ danger: 'danger', dangerSoft: 'danger-soft', warn: 'warn-ink', warnSoft: 'warn-soft' },
} as const;

type Colours = Readonly<Record<keyof typeof tokens, string>>;
type Theme = Readonly<Record<string, unknown>>;

/** The colours of the page's style, as the viewer can compute with them: `rgb(...)`. */
function coloursOfPage(): Colours {
  const probe = document.createElement('span');
  document.body.append(probe);
  const found = Object.entries(tokens).map(([name, token]) => {
    probe.style.color = `var(--${token})`;
    return [name, getComputedStyle(probe).color];
  });
  probe.remove();
  return Object.fromEntries(found) as Colours;
}

/** The viewer's theme, made of the design's tokens as they are in this moment, light or dark. */
export function redocTheme(): Theme {
  const colours = coloursOfPage();
  return { colors: meanings(colours), typography: typography(colours), ...places(colours) };
}

function meanings({ ink, soft, faint, line, surface, sunken, ...colours }: Colours): Theme {
  const { accent, accentSoft, strong, danger, dangerSoft, warn, warnSoft } = colours;
  const good = { main: accent, light: accentSoft, dark: strong, contrastText: surface };
  const caution = { color: warn, backgroundColor: warnSoft, tabTextColor: warn };
  return {
    primary: good,
    success: good,
    error: { main: danger, light: dangerSoft, dark: danger, contrastText: surface },
    gray: { 50: surface, 100: sunken },
    border: { light: line, dark: faint },
    text: { primary: ink, secondary: soft },
    responses: {
      success: { color: accent, backgroundColor: accentSoft, tabTextColor: strong },
      error: { color: danger, backgroundColor: dangerSoft, tabTextColor: danger },
      redirect: caution,
      info: caution,
    },
  };
}

function typography({ accent, strong, sunken }: Colours): Theme {
  return {
    fontSize: '15px',
    fontFamily: 'var(--sans)',
    headings: { fontFamily: 'var(--sans)', fontWeight: '600' },
    code: { fontFamily: 'var(--mono)', color: strong, backgroundColor: sunken },
    links: { color: accent, visited: accent, hover: strong },
  };
}

function places({
  ink,
  soft,
  faint,
  paper,
  surface,
  sunken,
  line,
  accent,
  accentSoft,
  strong,
  danger,
}: Colours): Theme {
  const items = { activeBackgroundColor: accentSoft, activeTextColor: strong, textTransform: 'none' };
  return {
    schema: {
      linesColor: line,
      typeNameColor: soft,
      typeTitleColor: soft,
      requireLabelColor: danger,
      nestedBackground: sunken,
      arrow: { color: faint },
    },
    sidebar: {
      backgroundColor: surface,
      textColor: ink,
      activeTextColor: strong,
      groupItems: items,
      level1Items: items,
      arrow: { color: faint },
    },
    rightPanel: {
      backgroundColor: sunken,
      textColor: ink,
      servers: { overlay: { backgroundColor: surface, textColor: ink }, url: { backgroundColor: paper } },
    },
    codeBlock: { backgroundColor: surface },
    fab: { backgroundColor: surface, color: accent },
  };
}
