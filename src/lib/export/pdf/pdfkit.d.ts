/** The published types are of pdfkit 0.17; these are what 0.20 added and the summary uses. */
declare namespace PDFKit.Mixins {
  interface StructureElementOptions {
    /** Of a table's header cell. */
    scope?: 'Column' | 'Row';
  }
}
