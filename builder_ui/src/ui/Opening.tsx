/** Stands while a dialog is open or about to be, from the first moment: what lies below heeds no key (`isCovered`). */
export const Opening = () => <span hidden data-opening />;
