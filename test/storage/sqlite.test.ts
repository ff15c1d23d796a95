import { describeStore } from '../contract/store.js';
import { describeMoving } from '../contract/store-moving.js';
import { sqliteFactory } from '../support/sqlite.js';

describeStore('SQLite', sqliteFactory());
describeMoving('SQLite', sqliteFactory());
