// How the canvas shows what is no letter: chips, marks, empty columns.
export const CANVAS_CSS = `
  html { color-scheme: light; }
  body { margin: 0; background: #fff; color: #000; }
  .jinja { display: inline-block; padding: 0 6px; margin: 0 1px; border-radius: 6px; background: #e5dbff; color: #4527a0; font: 500 0.86em/1.5 ui-sans-serif, system-ui, sans-serif; white-space: nowrap; letter-spacing: 0; cursor: default; }
  .jinja.statement, .jinja.comment, .jinja.raw { background: #e9ecef; color: #343a40; font-family: ui-monospace, monospace; }
  .sojourn-kept { pointer-events: all; }
  tr.sojourn-kept { display: table; width: 100%; }
  .sojourn-kept * { pointer-events: none; }
  .sojourn-kept.mark { text-align: center; padding: 3px 0; }
  .sojourn-mark { display: inline-block; padding: 1px 8px; border-radius: 6px; background: #f1f3f5; color: #495057; font: 500 11px/18px ui-monospace, monospace; max-width: 90%; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; border: 1px solid #ced4da; }
  [data-gjs-type="mj-column"] > table:empty, [data-gjs-type="mj-section"] td:empty:not([data-gjs-type="mj-spacer"] td) { height: 56px; outline: 1px dashed #adb5bd; outline-offset: -4px; }
  [contenteditable="true"] { outline: 2px solid #4c6ef5; outline-offset: 2px; cursor: text; min-height: 1em; }
  .gjs-selected { outline: 2px solid #4c6ef5 !important; outline-offset: -2px; }
  .gjs-hovered { outline: 1px solid #91a7ff; outline-offset: -1px; }
  .gjs-plh-image { background: none !important; outline: none !important; border: 0 !important; }
  a { cursor: default; }
`;
