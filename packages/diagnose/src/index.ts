export { readFolder, FolderError, type FolderReading } from './readFolder';
export { printFindings, printRemarks } from './printFindings';
