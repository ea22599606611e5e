export { createMetrics } from './createMetrics';
