/** The formats of the reader's own locale. */
import { createFormats } from './format/locale-formats.js';

export const formats = createFormats(navigator.languages.length > 0 ? navigator.languages : [navigator.language]);
