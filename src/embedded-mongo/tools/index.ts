export { exportData } from './export.js';
export type { Exported } from './export.js';
export { importData } from './import.js';
export type { Imported } from './import.js';
export { serve } from './serve.js';
export { ToolError } from './tool-error.js';
export { findUri, printUri } from './uri.js';
