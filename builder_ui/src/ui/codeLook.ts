// How CodeMirror looks in our pages: its own shades are too faint for WCAG AA on a marked line and beside it.
import { EditorView } from '@codemirror/view';

export const codeLook = EditorView.theme({
  // Both names, as the dark theme would win otherwise.
  '&.cm-editor': { backgroundColor: 'var(--mantine-color-body)' },
  '&.cm-editor .cm-gutters': { color: 'var(--mantine-color-dimmed)', backgroundColor: 'var(--ground)', borderRight: '1px solid var(--mantine-color-default-border)' },
  '&.cm-editor .cm-activeLine': { backgroundColor: 'transparent' },
  '&.cm-editor .cm-activeLineGutter': { color: 'var(--mantine-color-text)', backgroundColor: 'transparent' },
});
