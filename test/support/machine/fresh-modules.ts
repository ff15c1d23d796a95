import { vi } from 'vitest';

// Runs before each test file. Files run one after another in a few processes, which load Mooring and its packages once. The
// modules in `test` are evaluated again for each file: they keep what they close after its tests, such as a lent database server.
vi.resetModules();
