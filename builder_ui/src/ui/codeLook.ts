// How CodeMirror looks in our pages: its own shades are too faint for WCAG AA on a marked line and beside it.
import { EditorView } from '@codemirror/view';

export const codeLook = EditorView.theme({
  // Both names, as the dark theme would win otherwise.
  '&.cm-editor': { backgroundColor: 'var(--mantine-color-body)' },
  '&.cm-editor .cm-gutters': { color: 'var(--mantine-color-dimmed)', backgroundColor: 'var(--ground)', borderRight: '1px solid var(--mantine-color-default-border)' },
  '&.cm-editor .cm-activeLine': { backgroundColor: 'transparent' },
  '&.cm-editor .cm-activeLineGutter': { color: 'var(--mantine-color-text)', backgroundColor: 'transparent' },
  '&.cm-editor .cm-tooltip.cm-tooltip-autocomplete': { overflow: 'hidden', border: '1px solid var(--mantine-color-default-border)', borderRadius: '8px', backgroundColor: 'var(--mantine-color-body)', boxShadow: 'var(--mantine-shadow-md)' },
  '&.cm-editor .cm-tooltip.cm-tooltip-autocomplete > ul': { padding: '4px', fontFamily: 'var(--mantine-font-family-monospace)', fontSize: '12px' },
  '&.cm-editor .cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '3px 8px', borderRadius: '6px', color: 'var(--mantine-color-text)' },
  '&.cm-editor .cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': { backgroundColor: 'var(--mantine-primary-color-light)', color: 'var(--mantine-primary-color-light-color)' },
});
