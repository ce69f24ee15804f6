import { createTheme, type CSSVariablesResolver } from '@mantine/core';

export const theme = createTheme({
  fontFamily: "'Inter Variable', system-ui, -apple-system, 'Segoe UI', sans-serif",
  headings: { fontFamily: "'Inter Variable', system-ui, sans-serif", fontWeight: '650' },
  primaryColor: 'indigo',
  primaryShade: { light: 7, dark: 8 },
  defaultRadius: 'md',
  // The head of a dialog is no banner of the page.
  components: {
    // The placeholder that takes the first focus is no item, which a menu may not hold (ARIA 1.2).
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
    Drawer: { defaultProps: { attributes: { header: { role: 'none' } } } },
    Modal: { defaultProps: { attributes: { header: { role: 'none' } } } },
  },
});

// The stock dimmed grey is too faint for WCAG AA on our grounds.
export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: { '--mantine-color-dimmed': 'var(--mantine-color-gray-7)', '--ground': 'var(--mantine-color-gray-0)', '--line': 'var(--mantine-color-gray-5)' },
  dark: { '--mantine-color-dimmed': 'var(--mantine-color-dark-1)', '--ground': 'var(--mantine-color-dark-8)', '--line': 'var(--mantine-color-dark-3)' },
});
