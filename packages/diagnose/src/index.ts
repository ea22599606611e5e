export { readFolder, FolderError, type FolderReading } from './readFolder';
export { printFindings } from './printFindings';
