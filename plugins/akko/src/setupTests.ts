import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// Whole pages are rendered and asked by role; on a busy machine that takes longer than the usual 1 s for an answer and 5 s for a test.
configure({ asyncUtilTimeout: 10_000 });
jest.setTimeout(30_000);
