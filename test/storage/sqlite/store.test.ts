import { describeStore } from '../../contract/store.js';
import { describeMoving } from '../../contract/store-moving.js';
import { sqliteFactory } from '../../support/sqlite.js';

describeStore('SQLite', sqliteFactory());
describeStore('SQLite with its reader thread', sqliteFactory({ withReader: true }));
describeMoving('SQLite', sqliteFactory());
